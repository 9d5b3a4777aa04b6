import { startServer, type RunningServer, until as waitFor } from '#tests/kit/serverProcess.ts';
import { followsLastfm } from '#tests/kit/serviceSettings.ts';
import { settled, seen, listen } from '#tests/e2e/setup/places.ts';
import { slowed } from '#tests/e2e/setup/browser.ts';
import { SeededChance } from '#tests/simulators/catalogue/random.ts';
import { startLastfmSimulator } from '#tests/simulators/lastfm/simulator.ts';
import { readDurable, nextDeed, type DurableState } from './durableDeeds.ts';
import { compareDurable, type Differences } from './compareDurable.ts';
import type { StressOptions } from './stressTest.ts';
import { Device } from './renderer.ts';
import { serverFigures } from './serverFigures.ts';
import { HELD, repeated, type Tally } from './tally.ts';

const SLOWER = 20;
const [ALBUMS, TRACKS] = [4, 6];

/** Two days' listening: every title once. */
function history(): { playedAt: number; artist: string; title: string; album: string; durationSeconds: number }[] {
  const start = Math.floor(Date.now() / 1000) - 2 * 86_400;
  return Array.from({ length: ALBUMS * TRACKS }, (_, index) => {
    const album = Math.floor(index / TRACKS) + 1;
    return {
      playedAt: start + index * 1_800,
      artist: `Artist ${album}`,
      title: `Title ${album}.${(index % TRACKS) + 1}`,
      album: `Album ${album}`,
      durationSeconds: 200,
    };
  });
}

/**
 * A person does one thing after the other on a processor twenty times slower; with the last key of each the process of the page is
 * killed. Each is there when a page is opened again, and once on the server, where
 * nothing is besides.
 */
export async function stressDurable({
  seed,
  kills,
  until = Infinity,
  say = () => undefined,
}: StressOptions & { kills: number }): Promise<Partial<Tally>> {
  const chance = new SeededChance(seed);
  const plays = history();
  const lastfm = await startLastfmSimulator({ apiKey: 'key', secret: 'secret', user: 'ada', history: plays });
  const server = await startServer({
    ...followsLastfm(lastfm),
  });
  await server.send('PUT', '/household', { firstRunDone: true });
  const expected = await waitFor(
    'the history',
    () => readDurable(server),
    ({ listens }) => listens.length === plays.length,
  );
  const device = await Device.open(server.url);
  try {
    await device.page.goto('/journal');
    await seen(listen(device.page, plays.at(-1)!.title));
    await settled(device.page);
    const [made, lost] = [new Map<string, number>(), [] as string[]];
    let tried = 0;
    for (; tried < kills && Date.now() < until; tried += 1) {
      await namePlaylists(server, expected);
      const deed = nextDeed(expected, chance, tried);
      await device.page.goto(deed.path);
      await deed.prepare(device.page);
      const kill = await device.killer();
      await slowed(device.page, SLOWER);
      await device.page.keyboard.press(deed.key);
      await kill();
      deed.remember();
      made.set(deed.name, (made.get(deed.name) ?? 0) + 1);
      await device.page.goto(deed.path);
      await deed.shown(device.page).catch(() => lost.push(`${deed.name} (${tried})`));
    }
    for (const each of lost) say(`lost: ${each}`);
    const { doubled, altered } = await compared(server, expected, say);
    say(`${tried} kills with the last key: ${[...made].map(([name, count]) => `${count} × ${name}`).join(', ')}`);
    return { ...HELD, tried, lost: lost.length, doubled, altered, ...(await serverFigures(server)) };
  } finally {
    await device.close();
    await server.dispose();
    await lastfm.close();
  }
}

/** The ids of playlists that were made on the device, once the server has them. */
async function namePlaylists(server: RunningServer, expected: DurableState): Promise<void> {
  if (expected.playlists.every(({ id }) => id !== undefined)) return;
  const { playlists } = await waitFor(
    'the playlists',
    () => readDurable(server),
    (there) => expected.playlists.every(({ name }) => there.playlists.some((each) => each.name === name)),
  );
  for (const each of expected.playlists) each.id ??= playlists.find(({ name }) => name === each.name)!.id;
}

/** What the server has once all has landed, beside what the person did. */
async function compared(
  server: RunningServer,
  expected: DurableState,
  say: (line: string) => void,
): Promise<{ doubled: number; altered: number }> {
  const look = async () => compareDurable(expected, await readDurable(server));
  const isEqual = ({ altered, doubled }: Differences) => altered.length + doubled.length === 0;
  const { altered, doubled } = await waitFor('everything on the server', look, isEqual).catch(look);
  const { documents } = await server.get<{ documents: { intent: unknown }[] }>('/sync/intents/pull?seq=0&limit=500');
  const notes = repeated(
    documents.map(({ intent: mutation }) => JSON.stringify(mutation)).filter((mutation) => mutation.includes('"note"')),
  );
  for (const line of [...altered, ...[...doubled, ...notes].map((each) => `twice: ${each}`)]) say(line);
  return { doubled: doubled.length + notes.length, altered: altered.length };
}
