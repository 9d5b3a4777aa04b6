import * as v from 'valibot';
import { Positive } from '#shared/library/identifiers.ts';
import { defineRoute } from '../route.ts';

const AlbumIds = v.pipe(v.array(Positive), v.minLength(1), v.maxLength(500));

/** @param again puts what may be found about these albums into the queue anew. @returns how many of them there are. */
export const enrichRoutes = (again: (albumIds: readonly number[]) => number) => [
  defineRoute({
    method: 'post',
    path: '/services/enrichment/again',
    tag: 'Enrichment',
    summary:
      'Look again for what is missing about these albums: details, covers, years; words where there are none and EurIA writes by itself',
    body: v.object({ albumIds: AlbumIds }),
    status: 202,
    answer: v.object({ albums: v.number() }),
    handle: ({ body }) => ({ albums: again([...new Set(body.albumIds)]) }),
  }),
];
