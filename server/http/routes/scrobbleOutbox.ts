import * as v from 'valibot';
import { Trouble } from '#shared/library/household.ts';
import type { ScrobbleOutboxStatus } from '../../outbox/lastfm/scrobbleSubmitter.ts';
import { defineRoute } from '../route.ts';

const NotTaken = v.object({
  playedAt: v.number(),
  artist: v.string(),
  title: v.string(),
  outcome: v.picklist(['ignored', 'too-old']),
  code: v.nullable(v.number()),
  reason: v.nullable(v.string()),
});

/** @param status how what is logged by hand has been leaving for Last.fm. */
export const scrobbleOutboxRoutes = (status: () => ScrobbleOutboxStatus) => [
  defineRoute({
    method: 'get',
    path: '/services/lastfm/scrobbles',
    tag: 'Last.fm',
    summary:
      'Listens logged by hand, as Last.fm is told of them: how many wait, how many it took, the latest it did not take and why',
    answer: v.object({
      on: v.boolean(),
      waiting: v.number(),
      taken: v.number(),
      lastTakenAt: v.nullable(v.number()),
      notTaken: v.array(NotTaken),
      lastError: v.nullable(v.string()),
      trouble: v.nullable(Trouble),
    }),
    handle: status,
  }),
];
