import { serviceState, type Asked, type DiscogsFacts, type LookupWithKeyId } from '#shared/library/serviceStates.ts';
import type { Config } from '../config.ts';
import type { EnrichmentWorker } from '../enrichment/worker.ts';
import type { ReportedState } from './serviceBoard.ts';

/** What a worker knows of the service that it asks. */
export type AskedService = Pick<EnrichmentWorker, 'state' | 'hasAnswered' | 'refusal' | 'isOfTest'>;

/** The state of a service that is looked up at and needs a key, in the terms of the Settings page. */
export function lookupWithKeyService(id: LookupWithKeyId, worker: AskedService): ReportedState {
  return withReason(serviceState(id, { ...factsOf(worker), isConfigured: worker.state.state !== 'off' }), worker);
}

/** The same of MusicBrainz, which needs no key. */
export function musicbrainzService(worker: AskedService, config: Config): ReportedState {
  const facts = {
    ...factsOf(worker),
    hasContact: config.get('contact') !== undefined,
    isWanted: config.get('musicbrainz.lookups'),
  };
  return withReason(serviceState('musicbrainz', facts), worker);
}

/** What the import of Discogs says of itself. */
interface ImportState {
  state: DiscogsFacts['lastImport'];
  lastError: string | null;
  trouble?: ReportedState['trouble'] | null;
}

/** The same of Discogs, which is asked for the collection by the import and for everything else by the worker. @param reported of the import. */
export function discogsService(isConfigured: boolean, reported: ImportState, worker: AskedService): ReportedState {
  const facts = {
    isConfigured,
    lastImport: reported.state,
    hasFailed: reported.lastError !== null,
    isRefused: worker.refusal !== null,
    last: lastOf(worker),
  };
  const state = serviceState('discogs', facts);
  const isOfImport = state.code === 'import-failed' || reported.state === 'running';
  if (state.code === 'refused' || !isOfImport) return withReason(state, worker);
  if (state.status !== 'attention' || reported.lastError === null) return state;
  return { ...state, detail: reported.lastError, ...(reported.trouble && { trouble: reported.trouble }) };
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

function lastOf({ state: { lastError, trouble: serviceError }, hasAnswered, isOfTest }: AskedService): Asked {
  if (lastError === null) return hasAnswered ? 'well' : 'unknown';
  if (serviceError?.code === 'rate-limited') return 'asked-for-a-pause';
  return isOfTest ? 'test-failed' : 'failed';
}

function withReason(
  reported: ReportedState,
  { state: { lastError, trouble: serviceError } }: AskedService,
): ReportedState {
  if (reported.status !== 'attention' || lastError === null) return reported;
  return { ...reported, detail: lastError, ...(serviceError && { trouble: serviceError }) };
}
