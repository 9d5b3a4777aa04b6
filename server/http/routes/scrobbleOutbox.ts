import { getScrobbleOutbox } from '#shared/api/lastfm.ts';
import type { ScrobbleOutboxStatus } from '../../outbox/lastfm/scrobbleSubmitter.ts';
import { route } from '../route.ts';

/** @param status the state of the outbox of manual listens for Last.fm. */
export const scrobbleOutboxRoutes = (status: () => ScrobbleOutboxStatus) => [route(getScrobbleOutbox, status)];
