import * as v from 'valibot';
import type { Calendar } from '#shared/journal/calendar.ts';
import { ListenSources } from '#shared/journal/listen.ts';
import { listOf, pageQuery, queryInteger } from '#shared/api/lists.ts';
import type { ListenItem, Library } from '../../library/contract.ts';
import { HttpError } from '../httpError.ts';
import { listAnswer } from '../lists.ts';
import { rangeOf, rangeQuery } from '../periods.ts';
import { defineRoute } from '../route.ts';

const Id = v.number();
export const ListenAnswer = v.object({
  id: Id,
  playedAt: v.number(),
  source: v.string(),
  loved: v.boolean(),
  zone: v.nullable(v.string()),
  note: v.nullable(v.string()),
  goneUpstream: v.boolean(),
  witnesses: v.array(
    v.object({
      id: Id,
      source: v.string(),
      playedAt: v.number(),
      artist: v.string(),
      title: v.string(),
      album: v.nullable(v.string()),
      reasons: v.unknown(),
    }),
  ),
  track: v.object({ id: Id, title: v.string(), durationSeconds: v.nullable(v.number()) }),
  album: v.nullable(
    v.object({ id: Id, title: v.string(), year: v.nullable(v.number()), support: v.nullable(v.string()) }),
  ),
  artists: v.array(v.object({ id: Id, name: v.string() })),
});

const flag = v.optional(
  v.pipe(
    v.picklist(['true', 'false', '1', '0']),
    v.transform((value) => value === 'true' || value === '1'),
  ),
);

/** @param calendar the household's, in which days begin. */
export const historyRoutes = (library: Library, calendar: () => Calendar) => [
  defineRoute({
    method: 'get',
    path: '/history/tracks',
    tag: 'History',
    summary: 'Listens, newest first',
    query: {
      ...pageQuery(50),
      ...rangeQuery,
      source: v.optional(v.picklist(ListenSources)),
      artist: v.optional(queryInteger(1, Number.MAX_SAFE_INTEGER)),
      album: v.optional(queryInteger(1, Number.MAX_SAFE_INTEGER)),
      loved: flag,
      q: v.optional(v.pipe(v.string(), v.maxLength(200))),
    },
    answer: listOf(ListenAnswer),
    handle({ query: { from, to, ...query } }) {
      return listAnswer<ListenItem>(query, library.reads.listens({ ...query, ...rangeOf(calendar(), { from, to }) }));
    },
  }),
  defineRoute({
    method: 'get',
    path: '/history/tracks/:id',
    errors: ['unknown-listen'],
    tag: 'History',
    summary: 'One listen with its witnesses',
    params: { id: queryInteger(1, Number.MAX_SAFE_INTEGER) },
    answer: ListenAnswer,
    handle({ params }) {
      const listen = library.reads.listen(params.id);
      if (!listen) throw new HttpError({ code: 'unknown-listen', params: { id: params.id } });
      return listen;
    },
  }),
];
