import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { StreamEvent } from '#shared/sync/stream.ts';
import { loadConfig } from '#server/config.ts';
import { Hub } from '#server/events/hub.ts';
import { createHttpApp } from '#server/http/app.ts';
import { backupRoutes } from '#server/http/routes/backups.ts';
import { jobRoutes } from '#server/http/routes/jobs.ts';
import { retentionRoutes } from '#server/http/routes/retention.ts';
import { silentLog } from '#server/kit/log.ts';
import type { Library } from '#server/library/api/library.ts';
import { openLibrary } from '#server/library/index.ts';
import { createJobsModule, type JobsModule } from '#server/modules/jobs.ts';
import { ServiceBoard } from '#server/modules/serviceBoard.ts';
import { NowPlayingBoard } from '#server/trackers/nowPlayingBoard.ts';
import { SimulatedClock } from '#tests/kit/simulatedClock.ts';

const NOW = '2026-06-15T12:00:00Z';
/** Milliseconds, as the simulated clock counts. */
export const HOUR = 3_600_000;
/** Seconds, as listens are dated. */
export const DAY = 86_400;
/** The moment at which each test begins, in seconds. */
export const now = Date.parse(NOW) / 1000;

interface Run {
  outcome: string;
  summary: Record<string, unknown>;
  error: string | null;
}

/** The jobs of an empty library in simulated time, with their routes. */
export class JobsFixture {
  /** What refreshing Spotify's token answers. */
  token: () => Promise<number | null> = async () => null;
  readonly events: StreamEvent[] = [];
  readonly folder = mkdtempSync(join(tmpdir(), 'aime-jobs-'));
  readonly clock = new SimulatedClock(NOW);
  readonly library: Library;
  readonly module: JobsModule;
  readonly app: ReturnType<typeof createHttpApp>;

  constructor() {
    const { folder, clock } = this;
    const config = loadConfig({ AIME_DATA_DIR: folder, AIME_CONFIG_DIR: join(folder, 'config') });
    const library = openLibrary({
      file: join(folder, 'musique.db'),
      backupsDir: join(folder, 'backups'),
      timeZone: 'Europe/Zurich',
      clock,
      log: silentLog,
    });
    config.attach(library.settings);
    const hub = new Hub(silentLog);
    hub.subscribe((event) => this.events.push(event));
    const module = createJobsModule(
      {
        config,
        library,
        hub,
        nowPlaying: new NowPlayingBoard(hub, library.reads),
        services: new ServiceBoard(library.household, hub, clock),
        clock,
        log: silentLog,
      },
      () => this.token(),
    );
    this.app = createHttpApp({
      routes: [
        ...jobRoutes(module.scheduler, library.jobRuns),
        ...backupRoutes(module.backups, module.restorePlan, module.backupWatch),
        ...retentionRoutes(module.retention, library.archive, module.archiveRestores),
      ],
      library,
      token: undefined,
      corsOrigins: [],
      webRoot: folder,
      log: silentLog,
      gauges: () => Promise.resolve([]),
    });
    this.library = library;
    this.module = module;
    module.start();
  }

  async close(): Promise<void> {
    await this.module.close();
    this.library.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async ask(method: string, path: string, body?: unknown): Promise<{ status: number; json: never }> {
    const answer = await this.app.request(`/api/v1${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, json: (text === '' ? null : JSON.parse(text)) as never };
  }

  /** Records a listen at that second. */
  listen(playedAt: number): void {
    this.library.scrobbles.record([
      {
        source: 'lastfm',
        sourceKey: String(playedAt),
        playedAt,
        artist: 'Marée Lente',
        title: 'Slack Water',
        album: 'Tidewater',
        raw: null,
      },
    ]);
  }

  /** Waits while a job runs. @returns its last run. */
  async ended(id: string): Promise<Run | null> {
    for (;;) {
      const { running, lastRun } = (await this.ask('GET', `/jobs/${id}`)).json as {
        running: boolean;
        lastRun: Run | null;
      };
      if (!running) return lastRun;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Runs a job to its end. @returns its last run. */
  async ran(id: string): Promise<Run | null> {
    expect(await this.ask('POST', `/jobs/${id}/run`)).toMatchObject({ status: 202, json: { id, running: true } });
    return this.ended(id);
  }
}
