import { getScrobbleOutbox } from '#shared/api/lastfm.ts';
import type { ScrobbleOutboxStatus } from '../../outbox/lastfm/scrobbleSubmitter.ts';
import { route } from '../route.ts';

/** @param status how what is logged by hand has been leaving for Last.fm. */
export const scrobbleOutboxRoutes = (status: () => ScrobbleOutboxStatus) => [route(getScrobbleOutbox, status)];
