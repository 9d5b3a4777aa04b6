import { serviceState, type Asked, type DiscogsFacts } from '#shared/library/serviceStates.ts';
import type { Config } from '../config.ts';
import type { EnrichmentWorker } from '../enrichment/worker.ts';
import type { ToldState } from './serviceBoard.ts';

/** What a worker knows of the service that it asks. */
export type AskedService = Pick<EnrichmentWorker, 'state' | 'hasAnswered' | 'refusal' | 'isOfTest'>;

/** Spotify's state in the terms of the Settings page. */
export function spotifyService(worker: AskedService): ToldState {
  return withReason(
    serviceState('spotify', { ...factsOf(worker), isConfigured: worker.state.state !== 'off' }),
    worker,
  );
}

/** The same of MusicBrainz, which needs no key. */
export function musicbrainzService(worker: AskedService, config: Config): ToldState {
  const facts = {
    ...factsOf(worker),
    hasContact: config.get('contact') !== undefined,
    isWanted: config.get('musicbrainz.lookups'),
  };
  return withReason(serviceState('musicbrainz', facts), worker);
}

/** What the import of Discogs says of itself. */
interface ImportTold {
  state: DiscogsFacts['lastImport'];
  lastError: string | null;
  trouble?: ToldState['trouble'] | null;
}

/** The same of Discogs, which is asked for the collection by the import and for everything else by the worker. @param told of the import. */
export function discogsService(isConfigured: boolean, told: ImportTold, worker: AskedService): ToldState {
  const facts = {
    isConfigured,
    lastImport: told.state,
    hasFailed: told.lastError !== null,
    isRefused: worker.refusal !== null,
    last: lastOf(worker),
  };
  const state = serviceState('discogs', facts);
  const isOfImport = state.code === 'import-failed' || told.state === 'running';
  if (state.code === 'refused' || !isOfImport) return withReason(state, worker);
  if (state.status !== 'attention' || told.lastError === null) return state;
  return { ...state, detail: told.lastError, ...(told.trouble && { trouble: told.trouble }) };
}

function factsOf(worker: AskedService) {
  const { state } = worker.state;
  return {
    isPaused: state === 'paused',
    isRefused: worker.refusal !== null,
    isLeftAlone: state === 'blocked',
    last: lastOf(worker),
  };
}

function lastOf({ state: { lastError, trouble }, hasAnswered, isOfTest }: AskedService): Asked {
  if (lastError === null) return hasAnswered ? 'well' : 'unknown';
  if (trouble?.code === 'rate-limited') return 'asked-for-a-pause';
  return isOfTest ? 'test-failed' : 'failed';
}

function withReason(told: ToldState, { state: { lastError, trouble } }: AskedService): ToldState {
  if (told.status !== 'attention' || lastError === null) return told;
  return { ...told, detail: lastError, ...(trouble && { trouble }) };
}
