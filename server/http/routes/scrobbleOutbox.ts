import { getScrobbleOutbox, type ScrobbleOutbox } from '#shared/api/lastfm.ts';
import { route } from '../route.ts';

/** @param status the state of the outbox of manual listens for Last.fm. */
export const scrobbleOutboxRoutes = (status: () => ScrobbleOutbox) => [route(getScrobbleOutbox, status)];
