import type { StreamEvent } from '#shared/sync/stream.ts';
import type { Config } from './config.ts';
import type { Hub } from './events/hub.ts';
import type { ServerHealth } from './health/serverHealth.ts';
import { hasToken } from './http/auth.ts';
import { HttpError } from './kit/http/httpError.ts';
import type { Route } from './http/route.ts';
import { analyticsRoutes } from './http/routes/analytics.ts';
import { backupRoutes } from './http/routes/backups.ts';
import { collectionRoutes } from './http/routes/collection.ts';
import { discogsRoutes } from './http/routes/discogs.ts';
import { enrichmentRoutes } from './http/routes/enrichment.ts';
import { euriaRoutes } from './http/routes/euria.ts';
import { healthRoutes } from './http/routes/health.ts';
import { historyRoutes } from './http/routes/history.ts';
import { householdRoutes } from './http/routes/household.ts';
import { imageRoutes } from './http/routes/images.ts';
import { jobRoutes } from './http/routes/jobs.ts';
import { lastfmRoutes } from './http/routes/lastfm.ts';
import { scrobbleOutboxRoutes } from './http/routes/scrobbleOutbox.ts';
import { musicBrainzRoutes } from './http/routes/musicbrainz.ts';
import { playlistRoutes } from './http/routes/playlists.ts';
import { recoveryRoutes } from './http/routes/recovery.ts';
import { withReference } from './http/routes/reference.ts';
import { retentionRoutes } from './http/routes/retention.ts';
import { roonRoutes } from './http/routes/roon.ts';
import { searchRoutes } from './http/routes/search.ts';
import { serviceControlRoutes } from './http/routes/serviceControls.ts';
import { sessionRoutes } from './http/routes/session.ts';
import { setAsideRoutes } from './http/routes/setAside.ts';
import { settingsRoutes } from './http/routes/settings.ts';
import { syncRoutes } from './http/routes/sync.ts';
import { timelineRoutes } from './http/routes/timeline.ts';
import { trackerRoutes } from './http/routes/tracker.ts';
import type { Clock } from './kit/clock.ts';
import type { Log } from './kit/log.ts';
import type { Family } from './kit/meters/exposition.ts';
import type { Library } from './library/api/library.ts';
import type { AnalyticsModule } from './modules/analytics.ts';
import type { DiscogsModule } from './modules/discogs.ts';
import type { EnrichmentModule } from './modules/enrichment/enrichment.ts';
import type { JobsModule } from './modules/jobs.ts';
import type { LastfmModule } from './modules/lastfm.ts';
import type { Module, SetAsideReaders } from './modules/module.ts';
import type { PicturesModule } from './modules/pictures.ts';
import type { PlaylistsModule } from './modules/playlists.ts';
import type { RoonModule } from './modules/roon.ts';
import { nothingLost } from './recovery/nothingLost.ts';

/** What the routes are given. */
export interface RouteDependencies {
  config: Config;
  library: Library;
  hub: Hub;
  clock: Clock;
  log: Log;
  health: ServerHealth;
  /** What Prometheus reads beside what the process counts. */
  gauges: () => Promise<readonly Family[]>;
  /** What a device that just connected should know at once. */
  greeting: () => StreamEvent[];
  lastfm: LastfmModule;
  roon: RoonModule;
  discogs: DiscogsModule;
  enrichment: EnrichmentModule;
  pictures: PicturesModule;
  jobs: JobsModule;
  analytics: AnalyticsModule;
  playlists: PlaylistsModule;
  /** Every module: those that have a say in a service are asked for it. */
  modules: readonly Module[];
}

/** Every route of a server whose library is open, each given what it needs. */
export const appRoutes = (dependencies: RouteDependencies): Route[] =>
  withReference(
    [...serverRoutes(dependencies), ...libraryRoutes(dependencies), ...serviceRoutes(dependencies)],
    dependencies.gauges,
  );

/** The server itself: who asks, how it is, its settings, jobs and backups. */
function serverRoutes({ config, library, health, jobs }: RouteDependencies): Route[] {
  return [
    ...sessionRoutes(config.get('token')),
    ...healthRoutes(health, (c) => hasToken(config.get('token'), c)),
    ...householdRoutes(library),
    ...settingsRoutes(config),
    ...recoveryRoutes(nothingLost(library)),
    ...jobRoutes(jobs.scheduler, library.jobRuns),
    ...backupRoutes(jobs.backups, jobs.restorePlan, jobs.backupWatch),
    ...retentionRoutes(jobs.retention, library.archive, jobs.archiveRestores),
  ];
}

/** What the library holds, and what is made of it. */
function libraryRoutes(dependencies: RouteDependencies): Route[] {
  const { library, hub, clock, log, greeting, enrichment, pictures, analytics, playlists } = dependencies;
  return [
    ...historyRoutes(library, analytics.calendar),
    ...timelineRoutes(library, analytics.calendar, clock),
    ...collectionRoutes(library, (albumId) => enrichment.looked(albumId)),
    ...searchRoutes(library),
    ...syncRoutes({ library, hub, clock, greeting }, log),
    ...imageRoutes(library.images, pictures.pictures),
    ...analyticsRoutes(analytics.view, clock),
    ...playlistRoutes({
      library,
      maker: playlists.maker,
      writer: playlists.writer,
      clock,
      modelIsThere() {
        if (!enrichment.euria.client) throw new HttpError({ code: 'euria-not-connected' });
      },
    }),
  ];
}

/** Other services: their connections, imports and look-ups. */
function serviceRoutes(dependencies: RouteDependencies): Route[] {
  const { config, library, lastfm, roon, discogs, enrichment, modules } = dependencies;
  return [
    ...setAsideRoutes(library, Object.assign({}, ...modules.map(({ readers }) => readers)) as SetAsideReaders),
    ...serviceControlRoutes(modules),
    ...trackerRoutes(lastfm.tracker, lastfm.backfill),
    ...scrobbleOutboxRoutes(lastfm.scrobbleStatus),
    ...lastfmRoutes(lastfm, config),
    ...roonRoutes(roon.tracker, library, roon.zones),
    ...discogsRoutes(discogs),
    ...musicBrainzRoutes(() => enrichment.musicbrainz()),
    ...enrichmentRoutes(enrichment, library),
    ...euriaRoutes(
      enrichment.euria,
      () => enrichment.euriaUsage(),
      () => config.get('euria.model'),
    ),
  ];
}
