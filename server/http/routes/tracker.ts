import {
  acceptTrackerUser,
  cancelBackfill,
  getBackfill,
  getTracker,
  startBackfill,
  startTracker,
  stopTracker,
} from '#shared/api/lastfm.ts';
import type { LastfmBackfill } from '../../trackers/lastfm/backfill.ts';
import type { LastfmTracker } from '../../trackers/lastfm/tracker.ts';
import { HttpError } from '../../kit/http/httpError.ts';
import { route } from '../route.ts';

export const trackerRoutes = (tracker: LastfmTracker, backfill: LastfmBackfill) => {
  const configured = () => {
    if (!tracker.status().configured) {
      throw new HttpError({ code: 'lastfm-not-connected' });
    }
  };
  return [
    route(getTracker, () => tracker.status()),
    route(startTracker, () => {
      tracker.start();
      return tracker.status();
    }),
    route(stopTracker, async () => {
      await tracker.stop();
      return tracker.status();
    }),
    route(acceptTrackerUser, () => {
      tracker.acceptUser();
      return tracker.status();
    }),
    route(getBackfill, ({ query }) => (query.measure === 'true' ? backfill.measure() : backfill.status())),
    route(startBackfill, () => {
      configured();
      return backfill.start();
    }),
    route(cancelBackfill, () => backfill.cancel()),
  ];
};
