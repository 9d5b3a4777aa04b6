import { join } from 'node:path';
import Libsql from 'libsql';
import { type RunningServer, until } from '#tests/kit/serverProcess.ts';
import type { SeededChance } from '#tests/simulators/catalogue/random.ts';
import { startDiscogsSimulator } from '#tests/simulators/discogs/index.ts';
import type { SimulatedTrack } from '#tests/simulators/lastfm/playHistory.ts';
import { CountedAgain } from './countedAgain.ts';
import { type TestSession, following, now } from './testSession.ts';

const DAY = 86_400;
const PLAYS = 260;
/** The household's, and the browsers'. */
export const ZONE = 'Europe/Zurich';

/** A household nobody chose: a shelf, a history that began years ago with a long silence in it, and playlists. */
export interface AnyHousehold {
  server: RunningServer;
  /** The library's own rows as they are now. */
  read(): CountedAgain;
}

/** Songs of the shelf as they are called there, remastered and in concert; unknown ones of the same artists; records of nobody on the shelf; songs of no record. */
function anySong(chance: SeededChance, shelf: readonly SimulatedTrack[]): SimulatedTrack {
  const { artist, title, album } = shelf[chance.whole(0, shelf.length - 1)]!;
  const stranger = `Artist ${chance.whole(1, 7)}`;
  switch (chance.whole(1, 8)) {
    case 1:
      return { artist, title: `${title} (2011 Remaster)`, album: `${artist}, an anthology` };
    case 2:
      return { artist, title: `${title} (Live)` };
    case 3:
      return { artist, title: `Lost Song ${chance.whole(1, 5)}` };
    case 4:
      return {
        artist: stranger,
        title: `Title ${chance.whole(1, 9)}`,
        album: `${stranger}, Album ${chance.whole(1, 3)}`,
      };
    case 5:
      return { artist: stranger, title: `Title ${chance.whole(1, 9)}` };
    default:
      return { artist, title, ...(album !== undefined && { album }) };
  }
}

/** Sessions of music: one song follows the other, or a silence of hours or days; a third of it long ago. Two may have the same second. */
function anyMoments(chance: SeededChance): number[] {
  const sessions = (count: number, from: number, to: number) => {
    const moments: number[] = [];
    while (moments.length < count) {
      let at = chance.whole(from, to);
      for (let songs = chance.whole(1, 9); songs > 0; songs -= 1) {
        moments.push(at);
        at += chance.whole(1, 12) === 1 ? 0 : chance.whole(100, 900);
      }
    }
    return moments.slice(0, count);
  };
  const today = now() - 3 * 3_600;
  return [
    ...sessions(Math.floor(PLAYS / 3), today - 900 * DAY, today - 520 * DAY),
    ...sessions(Math.ceil((PLAYS * 2) / 3), today - 100 * DAY, today),
  ].sort((a, b) => a - b);
}

export async function openAnyHousehold(session: TestSession, chance: SeededChance): Promise<AnyHousehold> {
  const lastfm = await session.listener([]);
  const discogs = session.keep(await startDiscogsSimulator({ releases: 24, requestsPerMinute: 60_000 }), (sim) =>
    sim.close(),
  );
  const server = await session.server({
    ...following(lastfm),
    DISCOGS_URL: discogs.url,
    DISCOGS_TOKEN: discogs.token,
    AIME_TIMEZONE: ZONE,
  });
  const db = session.keep(
    new Libsql(join(server.dataDir, 'musique.db'), { readonly: true }),
    async (file) => void file.close(),
  );
  const rows = <Row extends unknown[]>(sql: string, ...values: (string | number)[]) =>
    db
      .prepare(sql)
      .raw()
      .all(...values) as Row[];
  const details = () =>
    until(
      'the details',
      () => server.get<{ upstreams: { state: string; waiting: number }[] }>('/services/enrichment/status'),
      ({ upstreams }) => upstreams.every(({ state, waiting }) => state === 'off' || waiting === 0),
    );
  const done = async (path: string, status: string) => {
    await server.send('POST', path);
    await until(
      path,
      () => server.get<{ state: string }>(status),
      ({ state }) => state === 'done',
    );
  };

  await done('/services/discogs/sync', '/services/discogs/status');
  await details();
  const shelf = rows<
    [string, string, string]
  >(`SELECT (SELECT name FROM album_artist JOIN artists ON artists.id = artist_id WHERE album_id = a.id ORDER BY position LIMIT 1), t.title, a.title
    FROM tracks t JOIN albums a ON a.id = t.album_id WHERE t.kind IS NULL ORDER BY t.id`).map(
    ([artist, title, album]): SimulatedTrack => ({ artist, title, album }),
  );
  for (const playedAt of anyMoments(chance)) lastfm.scrobble({ playedAt, ...anySong(chance, shelf) });
  await done('/services/lastfm/backfill', '/services/lastfm/backfill');
  await details();
  await server.send('PUT', '/household', { firstRunDone: true });

  const ids = rows<[number]>('SELECT id FROM tracks WHERE kind IS NULL ORDER BY id').map(([id]) => id);
  for (const name of ['By hand', 'By hand again'])
    await server.send('POST', '/playlists', {
      name,
      trackIds: Array.from({ length: chance.whole(2, 30) }, () => ids[chance.whole(0, ids.length - 1)]!),
    });
  await server.send('POST', '/playlists/generate', {
    algorithm: 'random',
    length: 12,
    seed: String(chance.whole(1, 999)),
  });
  return { server, read: () => new CountedAgain(rows, ZONE) };
}
