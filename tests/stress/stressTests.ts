import assert from 'node:assert/strict';
import { benchLibrary } from '#tests/bench/library/benchLibrary.ts';
import { stressConvergence } from './convergence.ts';
import { stressCorrupt } from './corrupt.ts';
import { stressDurable } from './durable.ts';
import { stressFlood } from './flood.ts';
import { stressFullDisk } from './fullDisk.ts';
import { stressFuzzOften, stressPoison } from './fuzz.ts';
import { stressJobs } from './jobs.ts';
import { stressLocked } from './locked.ts';
import type { StressTest } from './stressTest.ts';
import { stressRestoreMeaning } from './restoreMeaning.ts';
import { roonDay } from './roonDay.ts';
import { stressBackfillKills, stressScrobbleKills } from './scrobbleKills.ts';
import { stressShutdown } from './shutdown.ts';
import { stressEnrichmentKills, stressImportKills } from './shelfKills.ts';
import { stressSkew } from './skew.ts';
import { HELD, type Tally } from './tally.ts';
import { stressUpstreamPoison } from './upstreamPoison.ts';
import { stressSwap } from './swap.ts';
import { stressWipe } from './wipe.ts';
import { stressWipeBrowser } from './wipeBrowser.ts';

const PLAYS = 200;

/** A day in three zones at a hundred times speed, both sources failing three times: every play one listen with two source reports. */
async function stressRoonDay({ seed, say }: { seed: number; say: (line: string) => void }): Promise<Partial<Tally>> {
  const report = await roonDay({ plays: PLAYS, speed: 100, seconds: [120, 300], sittings: 4, seed });
  const { listens, scrobbles, rightlyJoined, roonDowntimes, lastfmDowntimes, protocolFaults } = report;
  assert.deepEqual(
    { listens, scrobbles, rightlyJoined, roonDowntimes, lastfmDowntimes, protocolFaults },
    {
      listens: PLAYS,
      scrobbles: 2 * PLAYS,
      rightlyJoined: PLAYS,
      roonDowntimes: 3,
      lastfmDowntimes: 3,
      protocolFaults: [],
    },
  );
  say(JSON.stringify(report));
  return { ...HELD, tried: PLAYS };
}

/** Everything that `npm run prove` tries, at full size. */
export const stressTests: readonly StressTest[] = [
  {
    name: 'scrobbles',
    about: 'SIGKILL while 5,000 scrobbles arrive, twenty times',
    run: (options) => stressScrobbleKills({ ...options, plays: 5_000, kills: 20 }),
  },
  {
    name: 'backfill',
    about: 'SIGKILL during a backfill of 5,000 plays, twenty times',
    run: (options) => stressBackfillKills({ ...options, plays: 5_000, kills: 20 }),
  },
  {
    name: 'import',
    about: 'SIGKILL during the import of 1,000 releases, ten times',
    run: (options) => stressImportKills({ ...options, releases: 1_000, kills: 10 }),
  },
  {
    name: 'enrichment',
    about: 'SIGKILL during the enrichment of 500 albums, ten times',
    run: (options) => stressEnrichmentKills({ ...options, albums: 500, kills: 10 }),
  },
  {
    name: 'convergence',
    about: 'two devices, any order of edits, pulls, pushes, kills and restores',
    run: (options) => stressConvergence({ ...options, steps: 600 }),
  },
  {
    name: 'durable',
    about:
      'the page’s process killed with the last key of each kind of change, on a processor 20 times slower, 200 times',
    run: (options) => stressDurable({ ...options, kills: 200 }),
  },
  {
    name: 'flood',
    about: '20,000 requests at once, sense and nonsense, beside slow headers and endless bodies',
    run: (options) => stressFlood({ ...options, requests: 20_000 }),
  },
  {
    name: 'poison',
    about: 'every field of every operation in the reference, with each poison in its place',
    run: (options) => stressPoison({ ...options, share: 1 }),
  },
  {
    name: 'upstreams',
    about: 'every field of every service’s answers, with each poison in its place',
    run: (options) => stressUpstreamPoison({ ...options, share: 1 }),
  },
  {
    name: 'fuzz',
    about: '100,000 requests made from the reference and the sync schemas, with five seeds',
    run: (options) => stressFuzzOften({ ...options, requests: 100_000, seeds: 5 }),
  },
  {
    name: 'restore-meaning',
    about: '200 histories of two people, a backup in the middle, restored: every change is made to what was meant',
    run: (options) => stressRestoreMeaning({ ...options, histories: 200 }),
  },
  {
    name: 'swap',
    about:
      'the library’s file replaced by somebody, a hundred times: copies of any age and making, another library’s, by name or written over, under a running, stopped or killed server',
    run: (options) => stressSwap({ ...options, rounds: 100 }),
  },
  {
    name: 'corrupt',
    about:
      'two hundred damages to the library’s file or its log, or something else in its place: it comes up, says what it is, and the newest backup comes back whole',
    run: (options) => stressCorrupt({ ...options, rounds: 200 }),
  },
  {
    name: 'skew',
    about:
      'device clocks years off and set now and then, a server clock that jumps: the latest change holds, no text is lost',
    run: (options) => Promise.resolve(stressSkew({ ...options, histories: 200 })),
  },
  {
    name: 'locked',
    about: 'another program holds the write lock for ten seconds, six times, while plays and pushes arrive',
    run: (options) => stressLocked({ ...options, rounds: 6, seconds: 10 }),
  },
  {
    name: 'full disk',
    about: 'the disk fills to the last byte, or files may not grow any more, and there is room again, ten times each',
    run: (options) => stressFullDisk({ ...options, rounds: 10 }),
  },
  {
    name: 'shutdown',
    about: 'SIGTERM in the midst of pushes, a backup and streams, thirty times',
    run: (options) => stressShutdown({ ...options, rounds: 30 }),
  },
  {
    name: 'wipe',
    about:
      'the library of 300,000 listens lost with three devices: one restores it, the others add what only they have',
    run: (options) => stressWipe({ ...options, plays: 500, library: benchLibrary(options.say) }),
  },
  {
    name: 'wipe-browser',
    about: 'the file of a library of 300,000 listens lost: the page of a browser that holds it brings it back',
    run: (options) => stressWipeBrowser({ ...options, plays: 500, loss: 'file', library: benchLibrary(options.say) }),
  },
  {
    name: 'wipe-folder',
    about: 'its whole folder lost, so that the server begins an empty library: the page brings its own back into that',
    run: (options) => stressWipeBrowser({ ...options, plays: 500, loss: 'folder', library: benchLibrary(options.say) }),
  },
  {
    name: 'roon-day',
    about: 'a day in three zones at a hundred times speed: 200 plays, 200 listens, 400 scrobbles',
    run: stressRoonDay,
  },
  {
    name: 'jobs',
    about: 'SIGKILL inside each job, ten times',
    run: (options) => stressJobs({ ...options, kills: 10 }),
  },
];
