import type { ServiceState } from '#shared/library/household.ts';
import type { CodeOf } from '#shared/library/serviceStates.ts';
import type { UpstreamId } from '#shared/upstreams/registry.ts';
import type { Hub } from '../events/hub.ts';
import type { Household } from '../library/api/household.ts';
import { nowSeconds, type Clock } from '../kit/clock.ts';

/** A service's state as its module reports it, by a code that is in its table; since when is the board's to know. */
export type ReportedState = Omit<ServiceState, 'id' | 'code' | 'since' | 'lastOkAt'> &
  { [Id in UpstreamId]: { id: Id; code: CodeOf<Id> } }[UpstreamId];

/** How each connection is, for every device. A state that only says the same again is not written again. */
export class ServiceBoard {
  readonly #household: Household;
  readonly #hub: Hub;
  readonly #clock: Clock;

  constructor(household: Household, hub: Hub, clock: Clock) {
    this.#household = household;
    this.#hub = hub;
    this.#clock = clock;
  }

  show(state: ReportedState): void {
    const services = this.#household.get().services;
    const before = services.find((service) => service.id === state.id);
    if (before && isSame(before, state)) return;
    const now = nowSeconds(this.#clock);
    // A Core is out of sight since it was lost, whatever needed a person before.
    const goesOn = before?.status === state.status && (state.code !== 'lost' || before.code === 'lost');
    const since = goesOn ? (before.since ?? now) : now;
    const lastOkAt = state.status === 'connected' ? now : before?.lastOkAt;
    const next: ServiceState = { ...state, since, ...(lastOkAt === undefined ? {} : { lastOkAt }) };
    this.#household.note({ services: [...services.filter((service) => service.id !== state.id), next] });
    this.#hub.publish({ event: 'service', data: next });
  }
}

const isSame = (before: ServiceState, state: ReportedState): boolean =>
  before.status === state.status &&
  before.code === state.code &&
  before.detail === state.detail &&
  before.account === state.account &&
  JSON.stringify(before.withheld) === JSON.stringify(state.withheld) &&
  JSON.stringify(before.trouble) === JSON.stringify(state.trouble);
