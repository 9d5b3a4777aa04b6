import type { ServiceState } from '#shared/library/household.ts';
import type { WorkerState } from '../enrichment/worker.ts';
import type { ToldState } from './serviceBoard.ts';

/** A worker's state in the terms of the Settings page. */
export function workerService(id: ServiceState['id'], { state, lastError, trouble }: WorkerState): ToldState {
  const why = lastError === null ? {} : { detail: lastError, ...(trouble && { trouble }) };
  if (state === 'off') return { id, status: 'off', code: 'not-configured' };
  // The day's share is used up: nothing is wrong.
  if (trouble?.code === 'cap-reached') return { id, status: 'connected', code: 'cap-reached', trouble };
  if (state === 'refused' || state === 'blocked') return { id, status: 'attention', code: state, ...why };
  return lastError === null ? { id, status: 'connected', code: 'ready' } : { id, status: 'attention', code: 'failing', ...why };
}
