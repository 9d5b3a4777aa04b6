import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { beforeEach, onTestFinished } from 'vitest';
import { systemClock } from '../../kit/clock.ts';
import { silentLog } from '../../kit/log.ts';
import type { Library } from '../api/library.ts';
import { openLibrary } from '../openLibrary.ts';
import { untilDatabasesClosed } from '../database/untilDatabasesClosed.ts';
import { type Marker, readMarker } from '../identity/marker.ts';
import { listenTo, START } from './library.ts';

interface LibraryIdentity {
  epoch: string;
  parent: string | null;
  cause: string;
  /** JSON. */
  common: string;
}

/** A data folder of each test's own, whose files a test puts about. */
export interface LifePlace {
  readonly folder: string;
  fileIn(place: string): string;
  /** The library in a folder, the test's own unless another is said; closed when the test ends. */
  open(place?: string): Library;
  /** Closes it and copies its file as a person would. @returns the copy's path. */
  keep(library: Library, name: string): Promise<string>;
  marker(): Marker;
  /** The lives that a file records. */
  lives(file: string): LibraryIdentity[];
  /** Records a play of a title of its own. @returns the id of its listen. */
  listen(library: Library): number;
}

/** To be called once in a test file. */
export function lifePlace(): LifePlace {
  let folder = '';
  let heard = 0;
  const fileIn = (place: string) => join(place, 'musique.db');
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aime-lives-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  });
  return {
    get folder() {
      return folder;
    },
    fileIn,
    open(place = folder) {
      const library = openLibrary({
        file: fileIn(place),
        backupsDir: join(place, 'backups'),
        clock: systemClock,
        log: silentLog,
        timeZone: 'UTC',
      });
      onTestFinished(() => library.close());
      return library;
    },
    async keep(library, name) {
      library.close();
      await untilDatabasesClosed();
      copyFileSync(library.file, join(folder, name));
      return join(folder, name);
    },
    marker: () => readMarker(join(folder, 'library.json'))!,
    lives(file) {
      const db = new Libsql(file);
      try {
        return db.prepare('SELECT epoch, parent, cause, common FROM epochs').all() as LibraryIdentity[];
      } finally {
        db.close();
      }
    },
    listen: (library) =>
      listenTo(library, { playedAt: START + 400 * (heard += 1), title: `Title ${heard}`, artist: `Artist ${heard}` }),
  };
}
