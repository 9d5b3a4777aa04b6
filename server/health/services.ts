import type { HealthParts } from '#shared/api/health.ts';
import type { ServiceState } from '#shared/library/household.ts';
import { upstreamIds } from '#shared/upstreams/registry.ts';

/** The services, those last that nothing was said of yet. None of them is needed for what is here already: what one refuses is never more than a warning. */
export function servicesHealth(services: readonly ServiceState[]): NonNullable<HealthParts['services']> {
  const silent = upstreamIds.filter((id) => !services.some((service) => service.id === id));
  const known = [...services, ...silent.map((id): ServiceState => ({ id, status: 'off', code: 'not-configured' }))];
  const items = known.map(({ id, status, code, since }) => ({
    id,
    state: status === 'attention' ? ('warning' as const) : ('ok' as const),
    code,
    ...(since !== undefined && { since }),
  }));
  const isWell = items.every(({ state }) => state === 'ok');
  return { state: isWell ? 'ok' : 'warning', code: isWell ? 'well' : 'attention', items };
}
