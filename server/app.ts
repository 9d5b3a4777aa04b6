import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StreamEvent } from '#shared/sync/stream.ts';
import { appRoutes } from './appRoutes.ts';
import { createAnalyticsModule } from './modules/analytics.ts';
import { createDiscogsModule, type DiscogsModule } from './modules/discogs.ts';
import { createEnrichmentModule } from './modules/enrichment/enrichment.ts';
import { createFollowUpsModule } from './modules/followUps.ts';
import { createJobsModule } from './modules/jobs.ts';
import { createLastfmModule } from './modules/lastfm.ts';
import { createPicturesModule } from './modules/pictures.ts';
import { createAgeingModule } from './modules/ageing.ts';
import type { ModuleContext, Module } from './modules/module.ts';
import { createPlaylistsModule } from './modules/playlists.ts';
import { createRoonModule } from './modules/roon.ts';
import { createTurntableModule } from './modules/turntable.ts';
import { ServiceBoard } from './modules/serviceBoard.ts';
import type { Config } from './config.ts';
import { Hub } from './events/hub.ts';
import type { Route } from './http/route.ts';
import { watchConditions } from './health/conditions.ts';
import { healthFamilies } from './health/healthMetrics.ts';
import { ServerHealth } from './health/serverHealth.ts';
import { type Clock, nowSeconds } from './kit/clock.ts';
import { watchClock } from './kit/clockWatch.ts';
import type { Log } from './kit/log.ts';
import { measureLag } from './kit/loopLag.ts';
import { type Family, gauge } from './kit/meters/exposition.ts';
import { measureStalls } from './kit/stalls.ts';
import type { Library } from './library/api/library.ts';
import { openLibrary } from './library/index.ts';
import { NowPlayingBoard } from './trackers/nowPlayingBoard.ts';

export interface App {
  library: Library;
  routes: readonly Route[];
  /** What Prometheus reads of it. */
  gauges(): Promise<Family[]>;
  /** A request changed something that devices ask for: they are notified to ask again. */
  changed(): void;
  start(): void;
  /** Ends the event streams, which would otherwise last for ever. */
  endStreams(): void;
  close(): Promise<void>;
}

export interface AppDependencies {
  config: Config;
  log: Log;
  clock: Clock;
  /** The library holds texts that are to be mended. */
  unreadableTexts?: boolean;
}

/** Opens the library and builds every module upon it. Nothing runs before `start`. */
export async function openApp({ config, log, clock, unreadableTexts = false }: AppDependencies): Promise<App> {
  const dataDir = config.get('dataDir');
  mkdirSync(join(dataDir, 'backups'), { recursive: true, mode: 0o700 });
  const library = openLibrary({
    file: join(dataDir, 'musique.db'),
    backupsDir: join(dataDir, 'backups'),
    timeZone: config.get('timezone'),
    clock,
    log,
    unreadableTexts,
  });
  try {
    return builtUpon(library, { config, log, clock });
  } catch (error) {
    library.close();
    throw error;
  }
}

function builtUpon(library: Library, { config, log, clock }: { config: Config; log: Log; clock: Clock }): App {
  for (const why of config.attach(library.settings)) log.warn('setting.not-used', { why });
  // Nobody said which zone: the one the library began with stays, wherever the machine is now.
  const zone = config.sourceOf('timezone') === 'default' ? {} : { timeZone: config.get('timezone') };
  library.household.note({ ...zone, retentionDays: config.get('retention.days') });

  const stalls = measureStalls();
  const stopLag = measureLag();
  const hub = new Hub(log);
  library.feed.subscribe((changes) => {
    for (const { collection, seq } of changes)
      hub.publish({ event: 'resync', data: { collection, seq, epoch: library.feed.epoch } });
  });
  library.life.onNewEpoch(() => hub.disconnectAll());
  const nowPlaying = new NowPlayingBoard(hub, library.reads);
  const context: ModuleContext = {
    config,
    library,
    hub,
    nowPlaying,
    services: new ServiceBoard(library.household, hub, clock),
    clock,
    log,
  };

  const lastfm = createLastfmModule(context, () => conditions.lookAgain());
  const roon = createRoonModule(context);
  const discogs: DiscogsModule = createDiscogsModule(context, {
    onAlbums: (albumIds) => enrichment.albumsChanged(albumIds),
    lookups: () => enrichment.discogs,
  });
  const enrichment = createEnrichmentModule(context, {
    client: () => discogs.client(),
    announce: () => discogs.announce(),
  });
  const pictures = createPicturesModule(context, {
    roon: (image) => roon.picture(image),
    onDead(image) {
      if (image.albumId !== null) enrichment.coverLost(image.albumId);
      if (image.artistId !== null) enrichment.portraitLost(image.artistId);
    },
  });
  const jobs = createJobsModule(context, async (signal) => {
    const expiresAt = await enrichment.spotify()?.refreshToken(signal);
    return expiresAt === undefined ? null : Math.floor(expiresAt / 1000);
  });
  const analytics = createAnalyticsModule(context);
  const playlists = createPlaylistsModule(context, analytics.view, enrichment.euria);
  const withRoutes = { lastfm, roon, discogs, enrichment, pictures, jobs, analytics, playlists };
  const modules: Module[] = [
    createAgeingModule(context),
    createFollowUpsModule(context),
    createTurntableModule(context),
    ...Object.values(withRoutes),
  ];

  const conditions = watchConditions({
    library,
    tracker: () => lastfm.trackerHealth(),
    clock,
    log,
    notify: (event) => hub.publish(event),
  });
  const clockWatch = watchClock(clock, log, (byMs) => modules.forEach((module) => module.clockSet?.(byMs)));
  const greeting = (): StreamEvent[] => [
    { event: 'now-playing', data: { items: nowPlaying.items } },
    conditions.event,
    ...modules.flatMap((module) => module.greeting?.() ?? []),
  ];
  const health = new ServerHealth({ library, hub, parts: () => modules.map((module) => module.health?.() ?? {}), log });
  const gauges = async (): Promise<Family[]> => [
    gauge('aime_stream_readers', 'Who receives live events, in the server and outside.', hub.size),
    gauge(
      'aime_event_loop_stall_seconds_max',
      'The longest that nobody was answered since the start.',
      stalls.longestMs() / 1000,
    ),
    ...modules.flatMap((module) => readable(() => module.gauges?.() ?? [], log)),
    ...healthFamilies(await health.known()),
    ...readable(
      () => [
        gauge(
          'aime_library_rows',
          'What the library holds.',
          Object.entries(library.reads.counts()).map(([kind, count]) => [{ kind }, count]),
        ),
      ],
      log,
    ),
  ];
  const routes = appRoutes({
    config,
    library,
    hub,
    clock,
    log,
    health,
    gauges,
    greeting,
    ...withRoutes,
    modules,
  });
  return {
    library,
    routes,
    gauges,
    start() {
      for (const module of modules) module.start();
      setImmediate(stalls.restart);
      conditions.start();
      clockWatch.start();
    },
    changed: () => hub.publish({ event: 'facts', data: { at: nowSeconds(clock) } }),
    endStreams: () => hub.disconnectAll(),
    async close() {
      stalls.stop();
      stopLag();
      // Whatever look is under way is not waited for: a disk that hangs must not hold up the end.
      void conditions.stop();
      void clockWatch.stop();
      hub.disconnectAll();
      await Promise.all(modules.map((module) => module.close()));
      library.close();
    },
  };
}

/** What cannot be read of a library that fails has no sample: that it fails is in the others. */
function readable(read: () => readonly Family[], log: Log): readonly Family[] {
  try {
    return read();
  } catch (error) {
    log.warn('metrics.not-known', { error });
    return [];
  }
}
