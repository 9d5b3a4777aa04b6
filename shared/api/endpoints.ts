import * as analytics from './analytics.ts';
import * as backups from './backups.ts';
import * as collection from './collection.ts';
import type { Endpoint } from './contract.ts';
import * as discogs from './discogs.ts';
import * as enrichment from './enrichment.ts';
import * as euria from './euria.ts';
import * as health from './health.ts';
import * as history from './history.ts';
import * as household from './household.ts';
import * as images from './images.ts';
import * as jobs from './jobs.ts';
import * as lastfm from './lastfm.ts';
import * as musicbrainz from './musicbrainz.ts';
import * as playlists from './playlists.ts';
import * as recovery from './recovery.ts';
import * as reference from './reference.ts';
import * as retention from './retention.ts';
import * as roon from './roon.ts';
import * as search from './search.ts';
import * as services from './services.ts';
import * as session from './session.ts';
import * as settings from './settings.ts';
import * as sync from './sync.ts';

/** The files in which operations are defined. */
export const areas = {
  analytics,
  backups,
  collection,
  discogs,
  enrichment,
  euria,
  health,
  history,
  household,
  images,
  jobs,
  lastfm,
  musicbrainz,
  playlists,
  recovery,
  reference,
  retention,
  roon,
  search,
  services,
  session,
  settings,
  sync,
};

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'operationId' in value && 'answers' in value;

/** Every operation there is, under the name it is exported by. */
export const endpoints: Readonly<Record<string, Endpoint>> = Object.fromEntries(
  Object.values(areas).flatMap((area) => Object.entries(area).filter((each) => isEndpoint(each[1]))),
);
