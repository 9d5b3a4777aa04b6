import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, inject } from 'vitest';
import { systemClock } from '#server/kit/clock.ts';
import { silentLog } from '#server/kit/log.ts';
import { openLibrary } from '#server/library/index.ts';
import { askJson } from '#tests/kit/serverProcess.ts';
import { untilFilesClosed } from '#server/library/testing/untilFilesClosed.ts';
import { buildProgram, type BuiltProgram, type ProgramRun, type RunOptions } from '#tests/stress/program.ts';

const PROGRAMS = {
  'server/main': 'server/main.ts',
  'workers/backup': 'server/library/backup/packProgram.ts',
  'workers/check': 'server/library/inspect/checkProgram.ts',
  'workers/migrate': 'server/library/migrations/migrateProgram.ts',
  'commands/health-check': 'scripts/healthCheck.ts',
  'commands/restore': 'scripts/restore.ts',
  'commands/restore-archive': 'scripts/restoreArchive.ts',
};

/** A server of AIME's that is ready. */
export interface Served {
  program: ProgramRun;
  get<T>(path: string): Promise<T>;
  ask(method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }>;
  /** Ends it as a service manager does. */
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** A data folder of each test's own, and AIME's programs on it; what still runs at a test's end is ended, and the folder goes. */
export interface ProgramHome {
  /** Holds the data folder and the configuration's. */
  readonly folder: string;
  readonly dataDir: string;
  /** Starts one of the programs. @param more settings beside the usual ones. */
  run(
    main: keyof typeof PROGRAMS,
    args?: readonly string[],
    more?: Record<string, string>,
    how?: Pick<RunOptions, 'withoutRoom'>,
  ): Promise<ProgramRun>;
  /** Starts the server and waits until it is ready. @param more settings beside the usual ones. */
  serve(more?: Record<string, string>): Promise<Served>;
  /** Does something to the library while no program has it open. */
  inLibrary<T>(work: (library: ReturnType<typeof openLibrary>) => T | Promise<T>): Promise<T>;
}

/** The files of one process share what the first of them built; it goes when the run ends. */
let built: Promise<BuiltProgram> | undefined;

/** To be called once in a test file: the programs are built before its first test, where no file before it did. */
export function programHome(): ProgramHome {
  let programs: BuiltProgram;
  let folder = '';
  const running = new Set<ProgramRun>();
  const dataDir = () => join(folder, 'data');

  beforeAll(async () => {
    programs = await (built ??= buildProgram(
      'server/main',
      PROGRAMS,
      mkdtempSync(join(inject('forThisRun'), 'programs-')),
    ));
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aime-programs-'));
    mkdirSync(dataDir());
  });
  afterEach(async () => {
    for (const { child, ended } of running) {
      child.kill('SIGKILL');
      await ended;
    }
    running.clear();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

  const run: ProgramHome['run'] = async (main, args = [], more = {}, how = {}) => {
    await untilFilesClosed();
    const environment = {
      PATH: process.env['PATH'] ?? '',
      AIME_PORT: '0',
      AIME_DATA_DIR: dataDir(),
      AIME_CONFIG_DIR: join(folder, 'config'),
      AIME_TIMEZONE: 'Europe/Zurich',
      MUSICBRAINZ_URL: 'http://127.0.0.1:9',
      COVERART_URL: 'http://127.0.0.1:9',
      ...more,
    };
    const started = programs.run(args, { main, environment, ...how });
    running.add(started);
    return started;
  };

  return {
    get folder() {
      return folder;
    },
    get dataDir() {
      return dataDir();
    },
    run,
    async serve(more = {}) {
      const program = await run('server/main', [], more);
      const [url] = (await program.says('AIME is ready on ')).split(',');
      return asked(program, url!, more['AIME_TOKEN']);
    },
    async inLibrary(work) {
      const library = openLibrary({
        file: join(dataDir(), 'musique.db'),
        backupsDir: join(dataDir(), 'backups'),
        timeZone: 'Europe/Zurich',
        clock: systemClock,
        log: silentLog,
      });
      try {
        return await work(library);
      } finally {
        library.close();
        await untilFilesClosed();
      }
    },
  };
}

/** @param token for a server that has one */
export function asked(program: ProgramRun, url: string, token?: string): Served {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const ask = (method: string, path: string, body?: unknown) => askJson(url, headers, { method, path, body });
  const end = async (signal: NodeJS.Signals) => {
    program.child.kill(signal);
    await program.ended;
  };
  return {
    program,
    ask,
    async get<T>(path: string) {
      const { status, json } = await ask('GET', path);
      if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(json)}`);
      return json as T;
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}
