import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { Job } from '#server/jobs/job.ts';
import { jobs } from '#server/jobs/registry.ts';
import { systemClock } from '#server/kit/clock.ts';
import { silentLog } from '#server/kit/log.ts';
import { openBackups, openLibrary } from '#server/library/index.ts';
import type { ScrobbleInput } from '#server/library/api/scrobbles.ts';

/**
 * A server's jobs without the server, to be killed at any moment: `node … jobsProgram.ts DATA_DIR WORK [TURN]`. WORK is a job's id, or
 * `fill`, `restore`. It says `begun` when it begins, then `turns N`, how often it let others have their turn, and `ended <JSON>`.
 * At turn TURN it kills itself.
 */
const [dataDir = '', name = '', last = 'Infinity'] = process.argv.slice(2);
const DAYS = 365;

let turns = 0;
async function breathe(): Promise<void> {
  if ((turns += 1) > Number(last)) process.kill(process.pid, 'SIGKILL');
  await turn();
}

const library = openLibrary({
  file: join(dataDir, 'musique.db'),
  backupsDir: join(dataDir, 'backups'),
  timeZone: 'Europe/Zurich',
  clock: systemClock,
  log: silentLog,
});
const backups = openBackups({
  library,
  configDir: join(dataDir, 'config'),
  secondFolder: () => null,
  clock: systemClock,
  log: silentLog,
  timeZone: () => 'Europe/Zurich',
});
const { archive, rollups, retention } = library;
const all: Job[] = jobs({
  library: {
    retention,
    rollups: { ...rollups, verify: (pace) => rollups.verify({ ...pace, breathe }) },
    archive: { ...archive, removeBefore: (cutoff, pace) => archive.removeBefore(cutoff, { ...pace, breathe }) },
  },
  household: library.household,
  backups,
  retentionDays: () => DAYS,
  refreshSpotifyToken: async () => {
    for (let step = 0; step < 20; step += 1) await breathe();
    return Math.floor(Date.now() / 1000) + 3_600;
  },
});

/** Plays of two years by two sources, three in ten of them heard by both. */
function fill(): void {
  const now = Math.floor(Date.now() / 1000);
  const inputs: ScrobbleInput[] = [];
  for (let index = 0; index < 1_200; index += 1) {
    const playedAt = now - 720 * 86_400 + index * 43_200;
    const play = {
      playedAt,
      artist: `Artist ${index % 17}`,
      title: `Title ${index % 61}`,
      album: `Album ${index % 23}`,
      durationSeconds: 200,
      raw: { index },
    };
    inputs.push({ ...play, source: 'lastfm', sourceKey: `l${index}` });
    if (index % 10 < 3)
      inputs.push({ ...play, playedAt: playedAt + 3, source: 'roon', sourceKey: `r${index}`, zone: 'Salon' });
  }
  library.scrobbles.record(inputs);
  library.retention.decide(DAYS);
}

async function work(): Promise<unknown> {
  if (name === 'fill') return fill();
  if (name === 'restore') {
    for (const item of await archive.list()) await archive.restore(item.name, { breathe });
    retention.decide(DAYS);
    return null;
  }
  const job = all.find(({ id }) => id === name);
  if (!job) throw new Error(`There is no work ${name}`);
  return job.run({ signal: new AbortController().signal, log: silentLog, now: Math.floor(Date.now() / 1000) });
}

if (!existsSync(dataDir)) throw new Error(`There is no folder ${dataDir}`);
process.stdout.write('begun\n');
const result = (await work()) ?? null;
process.stdout.write(`turns ${turns}\nended ${JSON.stringify(result)}\n`);
library.close();
