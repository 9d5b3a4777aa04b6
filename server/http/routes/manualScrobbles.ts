import * as v from 'valibot';
import { Trouble } from '#shared/library/household.ts';
import type { ManualScrobbleTeller } from '../../trackers/lastfm/manualScrobbles.ts';
import { defineRoute } from '../route.ts';

const NotTaken = v.object({
  playedAt: v.number(),
  artist: v.string(),
  title: v.string(),
  outcome: v.picklist(['ignored', 'too-old']),
  code: v.nullable(v.number()),
  reason: v.nullable(v.string()),
});

export const manualScrobbleRoutes = (teller: ManualScrobbleTeller) => [
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
    handle: () => teller.status(),
  }),
];
