import * as v from 'valibot';
import { Problem } from '#shared/api/errors.ts';
import { Trouble, WithheldList } from '#shared/library/household.ts';
import type { LastfmBackfill } from '../../trackers/lastfm/backfill.ts';
import type { LastfmTracker } from '../../trackers/lastfm/tracker.ts';
import { HttpError } from '../httpError.ts';
import { defineRoute } from '../route.ts';
import { SERVICE_ERRORS } from '../routeErrors.ts';

const Seconds = v.nullable(v.number());
const Play = v.looseObject({ artist: v.string(), title: v.string() });
const TrackerStatus = v.object({
  running: v.boolean(),
  configured: v.boolean(),
  lastPollAt: Seconds,
  nextPollAt: Seconds,
  lastScrobble: v.nullable(Play),
  nowPlaying: v.nullable(Play),
  consecutiveFailures: v.number(),
  lastError: v.nullable(v.string()),
  trouble: v.nullable(Trouble),
  otherUser: v.nullable(v.object({ recorded: v.string(), configured: v.string() })),
  pagesSteppedOver: v.number(),
  withheld: v.array(WithheldList),
});
const BackfillStatus = v.object({
  state: v.picklist(['idle', 'running', 'done', 'failed', 'cancelled']),
  total: v.nullable(v.number()),
  estimateSeconds: Seconds,
  seen: v.number(),
  new: v.number(),
  known: v.number(),
  repeated: v.number(),
  refused: v.array(v.object({ reason: v.string(), count: v.number() })),
  setAside: v.array(v.object({ reason: v.string(), count: v.number() })),
  pagesSteppedOver: v.number(),
  reachedBackTo: Seconds,
  startedAt: Seconds,
  endedAt: Seconds,
  lastError: v.nullable(v.string()),
  problem: v.nullable(Problem),
  nextTryAt: Seconds,
  comparison: v.nullable(
    v.object({
      lastfm: v.number(),
      here: v.number(),
      because: v.array(v.object({ reason: v.string(), count: v.number() })),
    }),
  ),
});

const TAG = 'Last.fm';

export const trackerRoutes = (tracker: LastfmTracker, backfill: LastfmBackfill) => {
  const configured = () => {
    if (!tracker.status().configured) {
      throw new HttpError({ code: 'lastfm-not-connected' });
    }
  };
  return [
    defineRoute({
      method: 'get',
      path: '/services/tracker/status',
      tag: TAG,
      summary: 'How the Last.fm tracker is',
      answer: TrackerStatus,
      handle: () => tracker.status(),
    }),
    defineRoute({
      method: 'post',
      path: '/services/tracker/start',
      tag: TAG,
      summary: 'Follow Last.fm; the choice survives a restart',
      answer: TrackerStatus,
      handle() {
        tracker.start();
        return tracker.status();
      },
    }),
    defineRoute({
      method: 'post',
      path: '/services/tracker/stop',
      tag: TAG,
      summary: 'Stop following Last.fm; the choice survives a restart',
      answer: TrackerStatus,
      async handle() {
        await tracker.stop();
        return tracker.status();
      },
    }),
    defineRoute({
      method: 'post',
      path: '/services/tracker/accept-user',
      tag: TAG,
      summary: "Say that the configured user's plays belong in this journal too",
      answer: TrackerStatus,
      handle() {
        tracker.acceptUser();
        return tracker.status();
      },
    }),
    defineRoute({
      method: 'get',
      path: '/services/lastfm/backfill',
      errors: [...SERVICE_ERRORS],
      tag: TAG,
      summary: 'The import of the whole Last.fm history: its size, how far it came, how it ended',
      query: { measure: v.optional(v.picklist(['true', 'false'])) },
      answer: BackfillStatus,
      handle: ({ query }) => (query.measure === 'true' ? backfill.measure() : backfill.status()),
    }),
    defineRoute({
      method: 'post',
      path: '/services/lastfm/backfill',
      errors: ['lastfm-not-connected'],
      tag: TAG,
      summary: 'Import the whole Last.fm history, or join the import that is going',
      status: 202,
      answer: BackfillStatus,
      handle() {
        configured();
        return backfill.start();
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/services/lastfm/backfill',
      tag: TAG,
      summary: 'Cancel the import; what it brought stays',
      answer: BackfillStatus,
      handle: () => backfill.cancel(),
    }),
  ];
};
