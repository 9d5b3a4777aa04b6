import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import type { Library } from '#server/library/api/library.ts';
import type { ScrobbleInput } from '#server/library/api/scrobbles.ts';
import { openLibrary } from '#server/library/index.ts';
import { flawsOf } from '#server/library/testing/flaws.ts';
import { silentLog } from '#server/kit/log.ts';
import { systemClock } from '#server/kit/clock.ts';
import { type InventedLibrary, inventLibrary, inventListens, SIZE } from './inventedLibrary.ts';
import { scrobblesOf } from './scrobbles.ts';
import { shelve } from './shelve.ts';

const CACHE = join('data', 'bench');
const SLICE = 2_000;
const LOVED_EVERY = 60;

/** Opens a library file that nothing else has open. */
export const openFile = (file: string): Library =>
  openLibrary({
    file,
    backupsDir: join(file, '..', 'backups'),
    clock: systemClock,
    log: silentLog,
    timeZone: 'Europe/Zurich',
  });

/** @returns the file of the library that the figures are for, made the first time and when its schema or its making changed. */
export function benchLibrary(say: (line: string) => void): string {
  const folder = join(CACHE, stamp());
  const file = join(folder, 'musique.db');
  if (existsSync(file)) return file;
  say(
    `Making the library: ${SIZE.listens} listens, ${SIZE.albums} albums, ${SIZE.albums * SIZE.tracksOfAlbum} tracks, ${SIZE.artists} artists. This is done once.`,
  );
  rmSync(CACHE, { recursive: true, force: true });
  const making = join(CACHE, 'making');
  mkdirSync(making, { recursive: true });
  const unfinished = join(making, 'musique.db');
  const library = openFile(unfinished);
  fill(library, inventLibrary());
  check(library);
  library.close();
  const flaws = flawsOf(unfinished);
  if (flaws.length > 0) throw new Error(`The library that was made is not sound: ${JSON.stringify(flaws.slice(0, 5))}`);
  foldIn(unfinished);
  renameSync(making, folder);
  return file;
}

function fill(library: Library, invented: InventedLibrary): void {
  shelve(library, invented);
  let waiting: ScrobbleInput[] = [];
  const record = () => {
    for (const source of ['roon', 'lastfm'] as const)
      library.scrobbles.record(waiting.filter((scrobble) => scrobble.source === source));
    waiting = [];
  };
  for (const listen of inventListens(invented)) {
    waiting.push(...scrobblesOf(listen));
    if (waiting.length >= SLICE) record();
  }
  record();
  library.atomically(() => {
    invented.albums.forEach(({ artist, tracks }, index) => {
      if (index % LOVED_EVERY === 0) library.loves.seenUpstream({ artist, title: tracks[0]!.title }, true);
    });
  });
  // Everything about it is known already: what is measured is the library, not the services that would be asked.
  library.states.set('enrichment-newcomers', { albums: Number.MAX_SAFE_INTEGER, artists: Number.MAX_SAFE_INTEGER });
}

function check(library: Library): void {
  const { artists, albums, tracks, listens } = library.reads.counts();
  const made = { artists, albums, tracks, listens };
  const wanted = {
    artists: SIZE.artists,
    albums: SIZE.albums,
    tracks: SIZE.albums * SIZE.tracksOfAlbum,
    listens: SIZE.listens,
  };
  if (JSON.stringify(made) !== JSON.stringify(wanted))
    throw new Error(`The library came out as ${JSON.stringify(made)} instead of ${JSON.stringify(wanted)}`);
}

/** Puts everything into the one file, so that a copy of it is a copy of the library. */
function foldIn(file: string): void {
  const db = new Libsql(file);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
}

/** Another schema, or another way to fill it, is another library. */
function stamp(): string {
  const hash = createHash('sha256');
  for (const folder of [join('server', 'library', 'migrations'), join('tests', 'bench', 'library')]) {
    for (const name of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex').slice(0, 16);
}
