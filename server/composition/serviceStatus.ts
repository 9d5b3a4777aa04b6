import { serviceState, type LookupFacts } from '#shared/library/serviceStates.ts';
import type { Config } from '../config.ts';
import type { EnrichmentWorker } from '../enrichment/worker.ts';
import type { ToldState } from './serviceBoard.ts';

type Worker = Pick<EnrichmentWorker, 'state' | 'hasAnswered'>;

/** Spotify's state in the terms of the Settings page. */
export function spotifyService(worker: Worker): ToldState {
  return withReason(serviceState('spotify', factsOf(worker)), worker);
}

/** The same of MusicBrainz, which needs no key. */
export function musicbrainzService(worker: Worker, config: Config): ToldState {
  const facts = { ...factsOf(worker), hasContact: config.get('contact') !== undefined, isWanted: config.get('musicbrainz.lookups') };
  return withReason(serviceState('musicbrainz', facts), worker);
}

function factsOf({ state: { state, lastError, trouble }, hasAnswered }: Worker): LookupFacts {
  const failed = trouble?.code === 'rate-limited' ? 'asked-for-a-pause' : 'failed';
  return {
    isConfigured: state !== 'off',
    isPaused: state === 'paused',
    isRefused: state === 'refused',
    isLeftAlone: state === 'blocked',
    last: lastError !== null ? failed : hasAnswered ? 'well' : 'unknown',
  };
}

function withReason(told: ToldState, { state: { lastError, trouble } }: Worker): ToldState {
  if (told.status !== 'attention' || lastError === null) return told;
  return { ...told, detail: lastError, ...(trouble && { trouble }) };
}
