import { type RunningServer, startServer, until } from '#tests/kit/serverProcess.ts';
import { startDemoServices } from '#tests/simulators/demoServices.ts';
import { now } from './testSession.ts';

/** The invented household of the demo: its listening, a shelf with covers, words for some of it, and music on. */
export interface DemoHousehold {
  server: RunningServer;
  /** A record that is owned, heard, and has a haiku. */
  album: { id: number; title: string; artists: { id: number; name: string }[] };
  close(): Promise<void>;
}

interface Album {
  id: number;
  title: string;
  artists: { id: number; name: string }[];
  haiku: string | null;
  plays: number;
  tracks: unknown[];
}

/** @param days how far its history goes back */
export async function openDemoHousehold(days = Infinity): Promise<DemoHousehold> {
  const services = await startDemoServices({
    begun: now(),
    played: [],
    onScrobble: () => undefined,
    passing: true,
    days,
  });
  const server = await startServer({
    ...services.environment,
    LASTFM_REQUESTS_PER_MINUTE: '60000',
    EURIA_LANGUAGE: 'en',
  });
  const close = async () => {
    await server.dispose();
    await services.close();
  };
  try {
    await server.send('PUT', '/settings', { 'euria.background': true, 'euria.dailyCap': 100_000 });
    await Promise.all(['/services/lastfm/backfill', '/services/discogs/sync'].map((path) => server.send('POST', path)));
    for (const path of ['/services/lastfm/backfill', '/services/discogs/status']) {
      await until(
        path,
        () => server.get<{ state: string }>(path),
        ({ state }) => state === 'done',
      );
    }
    await server.send('PUT', '/household', { firstRunDone: true });
    const find = async () => {
      const { items } = await server.get<{ items: Album[] }>('/collection/albums?owned=true&sort=plays&pageSize=30');
      const wanted = items.find(({ haiku, plays }) => haiku && plays > 20);
      return wanted && server.get<Album>(`/collection/albums/${wanted.id}`);
    };
    const album = await until('a record with words', find, (found) => (found?.tracks.length ?? 0) > 0);
    if (!album) throw new Error('unreachable');
    return { server, album, close };
  } catch (error) {
    await close();
    throw error;
  }
}
