import { constants, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import type { Browser } from 'playwright-core';
import { openBrowser } from '#tests/e2e/setup/browser.ts';
import { type RunningServer, startServer } from '#tests/kit/serverProcess.ts';
import { PictureShelf } from '#tests/simulators/kit/pictures.ts';
import { startSimulatorServer } from '#tests/simulators/kit/simulatorServer.ts';
import { benchLibrary } from './library/benchLibrary.ts';
import { COVER_ORIGIN } from './library/shelve.ts';

/** What a bench may use; everything it opens is closed after it, whatever happens. */
export interface Ground {
  say(line: string): void;
  /** Made once, copied for each bench. */
  readonly library: string;
  /** An empty folder. */
  folder(): string;
  /** The built server on a copy of the library; the covers come from a picture server on loopback. */
  server(environment?: Record<string, string>): Promise<RunningServer>;
  browser(): Promise<Browser>;
  /** Has something closed when the bench ends. */
  later(close: () => unknown): void;
}

/** Runs `work` on a ground of its own. */
export async function onGround<T>(say: (line: string) => void, work: (ground: Ground) => Promise<T>): Promise<T> {
  const closing: (() => unknown)[] = [];
  const later = (close: () => unknown) => void closing.unshift(close);
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), 'aime-bench-'));
    later(() => rmSync(made, { recursive: true, force: true }));
    return made;
  };
  const library = benchLibrary(say);
  const ground: Ground = {
    say,
    library,
    folder,
    later,
    async server(environment = {}) {
      const pictures = await startPictures();
      later(() => pictures.close());
      const dataDir = join(folder(), 'data');
      mkdirSync(dataDir, { mode: 0o700 });
      const file = join(dataDir, 'musique.db');
      copyFileSync(library, file, constants.COPYFILE_FICLONE);
      moveCovers(file, pictures.url);
      const server = await startServer({
        NODE_ENV: 'production',
        AIME_DATA_DIR: dataDir,
        DISCOGS_URL: pictures.url,
        ...environment,
      });
      later(() => server.dispose());
      return server;
    },
    async browser() {
      const browser = await openBrowser();
      later(() => browser.close());
      return browser;
    },
  };
  try {
    return await work(ground);
  } finally {
    for (const close of closing) await close();
  }
}

async function startPictures() {
  const pictures = new PictureShelf();
  const server = await startSimulatorServer({
    keepRequests: 10,
    handle: async (request) => (await pictures.answer(request)) ?? { status: 404, text: 'Not found' },
  });
  pictures.opensAt(server.url);
  return server;
}

function moveCovers(file: string, url: string): void {
  const db = new Libsql(file);
  db.prepare('UPDATE images SET url = replace(url, ?, ?)').run(COVER_ORIGIN, url);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
}
