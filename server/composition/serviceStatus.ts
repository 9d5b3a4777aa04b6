import type { ServiceState } from '#shared/library/household.ts';
import type { WorkerState } from '../enrichment/worker.ts';

/** A worker's state in the terms of the Settings page. */
export function workerService(id: ServiceState['id'], { state, lastError }: WorkerState): Omit<ServiceState, 'since' | 'lastOkAt'> {
  const detail = lastError === null ? {} : { detail: lastError };
  switch (state) {
    case 'off':
      return { id, status: 'off', code: 'not-configured' };
    case 'refused':
      return { id, status: 'attention', code: 'refused', ...detail };
    case 'blocked':
      return { id, status: 'attention', code: 'blocked', ...detail };
    default:
      return lastError === null ? { id, status: 'connected', code: 'ready' } : { id, status: 'attention', code: 'failing', ...detail };
  }
}
