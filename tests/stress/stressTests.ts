import assert from 'node:assert/strict';
import { benchLibrary } from '#tests/bench/library/benchLibrary.ts';
import { proveConvergence } from './convergence.ts';
import { proveCorrupt } from './corrupt.ts';
import { proveDurable } from './durable.ts';
import { proveFlood } from './flood.ts';
import { proveFullDisk } from './fullDisk.ts';
import { proveFuzzOften, provePoison } from './fuzz.ts';
import { proveJobs } from './jobs.ts';
import { proveLocked } from './locked.ts';
import type { Proof } from './stressTest.ts';
import { proveRestoreMeaning } from './restoreMeaning.ts';
import { roonDay } from './roonDay.ts';
import { proveBackfillKills, proveScrobbleKills } from './scrobbleKills.ts';
import { proveShutdown } from './shutdown.ts';
import { proveEnrichmentKills, proveImportKills } from './shelfKills.ts';
import { proveSkew } from './skew.ts';
import { HELD, type Tally } from './tally.ts';
import { proveUpstreamPoison } from './upstreamPoison.ts';
import { proveSwap } from './swap.ts';
import { proveWipe } from './wipe.ts';
import { proveWipeBrowser } from './wipeBrowser.ts';

const PLAYS = 200;

/** A day in three zones at a hundred times speed, both sources failing three times: every play one listen with two source reports. */
async function proveRoonDay({ seed, say }: { seed: number; say: (line: string) => void }): Promise<Partial<Tally>> {
  const report = await roonDay({ plays: PLAYS, speed: 100, seconds: [120, 300], sittings: 4, seed });
  const { listens, scrobbles, rightlyJoined, roonOutages, lastfmOutages, protocolFaults } = report;
  assert.deepEqual(
    { listens, scrobbles, rightlyJoined, roonOutages, lastfmOutages, protocolFaults },
    {
      listens: PLAYS,
      scrobbles: 2 * PLAYS,
      rightlyJoined: PLAYS,
      roonOutages: 3,
      lastfmOutages: 3,
      protocolFaults: [],
    },
  );
  say(JSON.stringify(report));
  return { ...HELD, tried: PLAYS };
}

/** Everything that `npm run prove` tries, at full size. */
export const proofs: readonly Proof[] = [
  {
    name: 'scrobbles',
    about: 'SIGKILL while 5,000 scrobbles arrive, twenty times',
    prove: (options) => proveScrobbleKills({ ...options, plays: 5_000, kills: 20 }),
  },
  {
    name: 'backfill',
    about: 'SIGKILL during a backfill of 5,000 plays, twenty times',
    prove: (options) => proveBackfillKills({ ...options, plays: 5_000, kills: 20 }),
  },
  {
    name: 'import',
    about: 'SIGKILL during the import of 1,000 releases, ten times',
    prove: (options) => proveImportKills({ ...options, releases: 1_000, kills: 10 }),
  },
  {
    name: 'enrichment',
    about: 'SIGKILL during the enrichment of 500 albums, ten times',
    prove: (options) => proveEnrichmentKills({ ...options, albums: 500, kills: 10 }),
  },
  {
    name: 'convergence',
    about: 'two devices, any order of edits, pulls, pushes, kills and restores',
    prove: (options) => proveConvergence({ ...options, steps: 600 }),
  },
  {
    name: 'durable',
    about:
      'the page’s process killed with the last key of each kind of action, on a processor 20 times slower, 200 times',
    prove: (options) => proveDurable({ ...options, kills: 200 }),
  },
  {
    name: 'flood',
    about: '20,000 requests at once, sense and nonsense, beside slow headers and endless bodies',
    prove: (options) => proveFlood({ ...options, requests: 20_000 }),
  },
  {
    name: 'poison',
    about: 'every field of every operation in the reference, with each poison in its place',
    prove: (options) => provePoison({ ...options, share: 1 }),
  },
  {
    name: 'upstreams',
    about: 'every field of every service’s answers, with each poison in its place',
    prove: (options) => proveUpstreamPoison({ ...options, share: 1 }),
  },
  {
    name: 'fuzz',
    about: '100,000 requests made from the reference and the sync schemas, with five seeds',
    prove: (options) => proveFuzzOften({ ...options, requests: 100_000, seeds: 5 }),
  },
  {
    name: 'restore-meaning',
    about: '200 histories of two people, a backup in the middle, restored: every action is done to what was meant',
    prove: (options) => proveRestoreMeaning({ ...options, histories: 200 }),
  },
  {
    name: 'swap',
    about:
      'the library’s file replaced by somebody, a hundred times: copies of any age and making, another library’s, by name or written over, under a running, stopped or killed server',
    prove: (options) => proveSwap({ ...options, rounds: 100 }),
  },
  {
    name: 'corrupt',
    about:
      'two hundred damages to the library’s file or its log, or something else in its place: it comes up, says what it is, and the newest backup comes back whole',
    prove: (options) => proveCorrupt({ ...options, rounds: 200 }),
  },
  {
    name: 'skew',
    about:
      'device clocks years off and set now and then, a server clock that jumps: the latest change holds, no text is lost',
    prove: (options) => Promise.resolve(proveSkew({ ...options, histories: 200 })),
  },
  {
    name: 'locked',
    about: 'another program holds the write lock for ten seconds, six times, while plays and pushes arrive',
    prove: (options) => proveLocked({ ...options, rounds: 6, seconds: 10 }),
  },
  {
    name: 'full disk',
    about: 'the disk fills to the last byte, or files may not grow any more, and there is room again, ten times each',
    prove: (options) => proveFullDisk({ ...options, rounds: 10 }),
  },
  {
    name: 'shutdown',
    about: 'SIGTERM in the midst of pushes, a backup and streams, thirty times',
    prove: (options) => proveShutdown({ ...options, rounds: 30 }),
  },
  {
    name: 'wipe',
    about:
      'the library of 300,000 listens lost with three devices: one restores it, the others add what only they have',
    prove: (options) => proveWipe({ ...options, plays: 500, library: benchLibrary(options.say) }),
  },
  {
    name: 'wipe-browser',
    about: 'the file of a library of 300,000 listens lost: the page of a browser that holds it brings it back',
    prove: (options) => proveWipeBrowser({ ...options, plays: 500, loss: 'file', library: benchLibrary(options.say) }),
  },
  {
    name: 'wipe-folder',
    about: 'its whole folder lost, so that the server begins an empty library: the page brings its own back into that',
    prove: (options) =>
      proveWipeBrowser({ ...options, plays: 500, loss: 'folder', library: benchLibrary(options.say) }),
  },
  {
    name: 'roon-day',
    about: 'a day in three zones at a hundred times speed: 200 plays, 200 listens, 400 scrobbles',
    prove: proveRoonDay,
  },
  {
    name: 'jobs',
    about: 'SIGKILL inside each job, ten times',
    prove: (options) => proveJobs({ ...options, kills: 10 }),
  },
];
