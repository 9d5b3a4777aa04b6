import * as analytics from './analytics.ts';
import * as collection from './collection.ts';
import type { Endpoint } from './contract.ts';
import * as health from './health.ts';
import * as history from './history.ts';
import * as household from './household.ts';
import * as images from './images.ts';
import * as playlists from './playlists.ts';
import * as search from './search.ts';
import * as session from './session.ts';
import * as sync from './sync.ts';

/** The files in which operations are defined. */
export const areas = { analytics, collection, health, history, household, images, playlists, search, session, sync };

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'operationId' in value && 'answers' in value;

/** Every operation there is, under the name it is exported by. */
export const endpoints: Readonly<Record<string, Endpoint>> = Object.fromEntries(
  Object.values(areas).flatMap((area) => Object.entries(area).filter((each) => isEndpoint(each[1]))),
);
