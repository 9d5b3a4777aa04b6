import type { ServiceState } from '#shared/library/household.ts';
import type { Config } from '../config.ts';
import type { WorkerState } from '../enrichment/worker.ts';
import type { ToldState } from './serviceBoard.ts';

/** A worker's state in the terms of the Settings page. */
export function workerService(id: ServiceState['id'], { state, lastError, trouble }: WorkerState): ToldState {
  const why = lastError === null ? {} : { detail: lastError, ...(trouble && { trouble }) };
  if (state === 'paused') return { id, status: 'connected', code: 'lookups-paused' };
  if (state === 'off') return { id, status: 'off', code: 'not-configured' };
  if (state === 'refused') return { id, status: 'attention', code: state, ...why };
  // Only what the service asked for is said to be its wish; what is known of a pause from before a start is that there is one.
  if (state === 'blocked' && trouble?.code === 'rate-limited') return { id, status: 'attention', code: state, ...why };
  if (state === 'blocked' && lastError === null) return { id, status: 'attention', code: 'resting' };
  return lastError === null ? { id, status: 'connected', code: 'ready' } : { id, status: 'attention', code: 'failing', ...why };
}

/** MusicBrainz needs no key, so what it lacks is another: an address to be written to, or the wish that it is asked. */
export function musicbrainzService(state: WorkerState, config: Config): ToldState {
  if (config.get('contact') === undefined) return { id: 'musicbrainz', status: 'off', code: 'no-contact' };
  if (!config.get('musicbrainz.lookups')) return { id: 'musicbrainz', status: 'off', code: 'switched-off' };
  return workerService('musicbrainz', state);
}
