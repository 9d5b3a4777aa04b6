import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inject } from 'vitest';
import type { RecoveryStatus } from '#shared/api/recovery.ts';
import { identityOf, formerMarkerPath } from '#server/library/testing/inside.ts';
import { type Marker, markerPath, readMarker, writeMarker } from '#server/library/index.ts';
import { programHome, type ProgramHome, type Served } from './programHome.ts';

/** A library of 40 listens with a backup of 25 of them. */
interface Made {
  libraryId: string;
  backup: string;
}

interface Original extends Made {
  /** Where it is stored, and what its marker says. */
  folder: string;
  marker: Marker;
}

/** What each test gets its own copy of, made once by each process. */
let original: Promise<Original> | undefined;

/** What the tests of a lost, emptied or exchanged library share, beside {@link ProgramHome}. */
export interface RecoveryHome extends ProgramHome {
  /** A file of the data folder. @param name the library's own without. */
  place(name?: string): string;
  /** Adds `count` listens to the library at rest, the first of them in the second `from`. @returns the library's id. */
  record(from: number, count: number): Promise<string>;
  status(server: Served): Promise<RecoveryStatus>;
  /** How many listens the server has. */
  listens(server: Served): Promise<number>;
  /** Waits until the library is served. @throws when what was begun failed. */
  served(server: Served): Promise<void>;
  /** Every file below the data folder with the hash of its content. */
  contents(): Map<string, string>;
  /** The files with this content. */
  filesWith(hash: string): string[];
  hashOf(path: string): string;
  /** Puts a library of 40 listens with a backup of 25 of them into the data folder, at rest. */
  aLibrary(): Promise<Made>;
}

/** To be called once in a test file. */
export function recoveryHome(): RecoveryHome {
  const home = programHome();
  const place = (name = 'musique.db') => join(home.dataDir, name);
  const hashOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
  const contents = () =>
    new Map(
      readdirSync(home.dataDir, { recursive: true, encoding: 'utf8' })
        .filter((name) => statSync(place(name)).isFile() && name !== 'server.lock')
        .map((name) => [name, hashOf(place(name))]),
    );
  const status = (server: Served) => server.get<RecoveryStatus>('/recovery');

  const record = (from: number, count: number) =>
    home.inLibrary((library) => {
      library.scrobbles.record(
        Array.from({ length: count }, (_, index) => ({
          source: 'lastfm' as const,
          sourceKey: `${from + index}`,
          playedAt: from + index * 400,
          artist: `Artist ${index % 11}`,
          title: `Title ${index % 31}`,
          album: `Album ${index % 11}`,
          raw: null,
        })),
      );
      return library.life.libraryId;
    });

  /** Made in the folder of the test that asks first, and copied aside. */
  async function make(): Promise<Original> {
    const now = Math.floor(Date.now() / 1000);
    await record(now - 400_000, 25);
    const server = await home.serve();
    const { json } = await server.ask('POST', '/backups');
    await server.stop();
    const libraryId = await record(now - 100_000, 15);
    const folder = mkdtempSync(join(inject('forThisRun'), 'library-'));
    cpSync(home.dataDir, folder, { recursive: true, preserveTimestamps: true });
    return { libraryId, backup: (json as { name: string }).name, folder, marker: readMarker(markerPath(place()))! };
  }

  return {
    get folder() {
      return home.folder;
    },
    get dataDir() {
      return home.dataDir;
    },
    run: home.run,
    serve: home.serve,
    inLibrary: home.inLibrary,
    place,
    record,
    status,
    contents,
    hashOf,
    listens: async (server) => (await server.get<{ listens: number }>('/counts')).listens,
    async served(server) {
      for (;;) {
        const { state, working, failure } = await status(server);
        if (state === 'none') return;
        if (working === null && failure !== null) throw new Error(failure);
        await pause(30);
      }
    },
    filesWith: (hash) => [...contents()].filter(([, content]) => content === hash).map(([name]) => name),
    async aLibrary() {
      const isFirst = original === undefined;
      const { folder, marker, ...made } = await (original ??= make());
      if (!isFirst) {
        cpSync(folder, home.dataDir, { recursive: true, preserveTimestamps: true });
        markAsMadeHere(place(), marker);
      }
      return made;
    },
  };
}

/** A marker knows itself and the library's file by what no copy has: of this copy it says that it was made here. */
function markAsMadeHere(file: string, marker: Marker): void {
  const path = markerPath(file);
  for (const each of [path, formerMarkerPath(path)]) rmSync(each, { force: true });
  const { size, mtimeMs } = statSync(file);
  const said: Marker = { ...marker, file: { ...identityOf(file)!, bytes: size, changedMs: mtimeMs } };
  // The second leaves the first as the former one.
  for (let time = 0; time < 2; time += 1) writeMarker(path, said);
}
