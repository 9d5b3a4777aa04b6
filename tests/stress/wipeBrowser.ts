import type { RecoveryStatus } from '#shared/api/recovery.ts';
import { type RunningServer, startServer, until as waitFor } from '#tests/kit/serverProcess.ts';
import { followsLastfm } from '#tests/kit/serviceSettings.ts';
import { settled } from '#tests/e2e/setup/places.ts';
import { startLastfmSimulator } from '#tests/simulators/lastfm/simulator.ts';
import { SeededChance } from '#tests/simulators/catalogue/random.ts';
import { stopsSound, totalOf } from './journalOf.ts';
import { begunWith, compared, loseFile, loseFolder, pullAll } from './lostLibrary.ts';
import { ModelDevice } from './modelDevice.ts';
import type { StressOptions } from './stressTest.ts';
import { Device } from './renderer.ts';
import { serverFigures } from './serverFigures.ts';
import type { Tally } from './tally.ts';
import { anyPlays } from './wipe.ts';

interface WipeBrowser extends StressOptions {
  plays: number;
  /** A library to begin with, as large as wished; its file is copied. */
  library?: string;
  /** `file`: what lies beside it shows that there was one; `folder`: nothing does, and the server begins an empty library. */
  loss: 'file' | 'folder';
}

/** A large library takes minutes. */
const LONGEST_MS = 30 * 60_000;

/** What a person presses on the page in each of the two cases, and what it says when all is back. */
const BUTTON = { file: 'Restore from this device', folder: 'Restore mine' } as const;

/**
 * A browser holds the library and the server loses it. A person presses the one button; in the midst the page's process and the server
 * are killed, and started again. Every document that a fresh device pulls afterwards is what was held.
 */
export async function stressWipeBrowser({
  seed,
  plays,
  library,
  loss,
  say = () => undefined,
}: WipeBrowser): Promise<Partial<Tally>> {
  const now = Math.floor(Date.now() / 1000);
  const lastfm = await startLastfmSimulator({
    apiKey: 'key',
    secret: 'secret',
    user: 'ada',
    history: anyPlays(new SeededChance(seed), plays, now),
  });
  let server = await startServer({
    ...followsLastfm(lastfm),
  });
  let browser: Device | undefined;
  try {
    if (library !== undefined) server = await begunWith(server, library);
    await server.send('PUT', '/household', { firstRunDone: true });
    const before = await totalOf(server).then((total) =>
      waitFor(
        'the plays of Last.fm',
        () => totalOf(server),
        (heard) => heard >= Math.max(total, plays),
      ),
    );
    await server.stop();
    server = await server.restart({ LASTFM_API_KEY: '' });
    const held = new ModelDevice(
      () => server.url,
      () => Date.now(),
    );
    await pullAll(held);
    browser = await Device.open(server.url);
    const { page } = browser;
    await page.goto('/journal');
    await settled(page);

    await server.stop();
    if (loss === 'file') loseFile(server);
    else loseFolder(server);
    server = await server.restart();
    await page.goto('/recovery');
    const started = Date.now();
    await page.getByRole('button', { name: BUTTON[loss] }).click();
    await waitFor(
      'the first documents',
      () => takenBy(server, loss),
      (taken) => taken > 0,
    );
    // Whoever keeps it may close the page, and the server may lose its power: both go on by themselves.
    await (
      await browser.killer()
    )();
    await server.kill();
    server = await server.restart();
    await browser.page.goto('/');
    const again = browser.page;
    const back = again
      .getByRole('button', { name: 'Up to date' })
      .or(again.getByRole('heading', { level: 1, name: 'The server has its library' }));
    await waitFor(
      'the library',
      () => server.get<RecoveryStatus>('/recovery'),
      ({ state }) => state === 'none',
      LONGEST_MS,
    );
    await back.first().waitFor({ state: 'visible', timeout: LONGEST_MS });
    say(
      `${before} listens brought back by a browser in ${((Date.now() - started) / 1000).toFixed(1)} s (${loss} lost)`,
    );
    const figures = await serverFigures(server);
    const fresh = new ModelDevice(
      () => server.url,
      () => Date.now(),
    );
    await pullAll(fresh);
    const tally = compared(held, fresh);
    say(`${tally.tried} documents held, lost ${tally.lost}, altered ${tally.altered}, besides ${tally.doubled}`);
    await stopsSound(server);
    return { ...tally, serverErrors: 0, deaths: 0, ...figures };
  } finally {
    await browser?.close();
    await server.dispose();
    await lastfm.close();
  }
}

/** How many documents of albums the server has taken so far. */
async function takenBy(server: RunningServer, loss: WipeBrowser['loss']): Promise<number> {
  if (loss === 'folder') return (await server.get<{ albums: number }>('/counts')).albums;
  return (await server.get<RecoveryStatus>('/recovery')).rebuilding?.taken['albums'] ?? 0;
}
