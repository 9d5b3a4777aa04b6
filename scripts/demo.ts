import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { DemoPortTaken } from '#tests/simulators/demoPorts.ts';
import { startDemoServices } from '#tests/simulators/demoServices.ts';
import type { SimulatedPlay } from '#tests/simulators/lastfm/playHistory.ts';

/** The server as it is, against simulated services on loopback; its data and settings live under data/demo. */
const BEGUN = 'data/demo/begun';
const PLAYED = 'data/demo/played.jsonl';
mkdirSync('data/demo/config', { recursive: true });
if (!existsSync(BEGUN)) writeFileSync(BEGUN, String(Math.floor(Date.now() / 1000)));
const played = existsSync(PLAYED)
  ? readFileSync(PLAYED, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
  : [];
const services = await startDemoServices({
  begun: Number(readFileSync(BEGUN, 'utf8')),
  played: played.map((line) => JSON.parse(line) as SimulatedPlay),
  onScrobble: (play) => appendFileSync(PLAYED, `${JSON.stringify(play)}\n`),
}).catch((error: unknown) => {
  if (!(error instanceof DemoPortTaken)) throw error;
  console.error(error.message);
  process.exit(1);
});
const own = { AIME_DATA_DIR: 'data/demo', AIME_CONFIG_DIR: 'data/demo/config', ...services.environment };
for (const [name, value] of Object.entries(own)) process.env[name] = value;
await import('#server/main.ts');

// The first time: bring in what the invented household owns and heard, as a person would from the first-run page.
const port = process.env.AIME_PORT ?? '8000';
const base = `http://127.0.0.1:${port}/api/v1`;
const api = `${base}/services`;
for (let attempt = 0; attempt < 50; attempt += 1) {
  const backfill = await fetch(`${api}/lastfm/backfill`).then(
    (answer) => answer.json() as Promise<{ state: string }>,
    () => null,
  );
  if (backfill === null) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    continue;
  }
  if (backfill.state === 'idle') {
    // Its words are in the language of who looks at it; the first run may choose another.
    const language = /^fr/i.test(process.env.LC_ALL || process.env.LANG || '') ? 'fr' : 'en';
    await fetch(`${base}/household`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ language }),
    });
    // Nobody pays for the simulated EurIA: it writes about everything at once.
    const euriaSettings = { 'euria.background': true, 'euria.dailyCap': 100_000 };
    await fetch(`${base}/settings`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(euriaSettings),
    });
    await Promise.all([`${api}/lastfm/backfill`, `${api}/discogs/sync`].map((url) => fetch(url, { method: 'POST' })));
  }
  break;
}
