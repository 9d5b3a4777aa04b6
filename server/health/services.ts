import type { HealthParts } from '#shared/api/health.ts';
import type { ServiceState } from '#shared/library/household.ts';

/** The services that the server is connected to. None of them is needed for what is here already: what one refuses is never more than a warning. */
export function servicesHealth(services: readonly ServiceState[]): NonNullable<HealthParts['services']> {
  const items = services.map(({ id, status, code, since }) => ({
    id,
    state: status === 'attention' ? ('warning' as const) : ('ok' as const),
    code,
    ...(since !== undefined && { since }),
  }));
  const isWell = items.every(({ state }) => state === 'ok');
  return { state: isWell ? 'ok' : 'warning', code: isWell ? 'well' : 'attention', items };
}
