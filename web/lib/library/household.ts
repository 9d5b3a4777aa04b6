import { type Calendar, createCalendar } from '#shared/journal/calendar.ts';
import type { HouseholdDocument, ServiceState } from '#shared/library/household.ts';
import type { Signal } from './signal.ts';
import type { Household } from './types.ts';

export class HouseholdStore implements Household {
  readonly #signal: Signal;
  #document: HouseholdDocument | undefined;
  #calendar: Calendar | undefined;

  constructor(signal: Signal) {
    this.#signal = signal;
  }

  get current(): HouseholdDocument {
    this.#signal.track();
    return this.#document ?? unknownHousehold();
  }

  get calendar(): Calendar {
    const { timeZone } = this.current;
    if (this.#calendar?.timeZone !== timeZone) this.#calendar = createCalendar(timeZone);
    return this.#calendar;
  }

  get known(): boolean {
    this.#signal.track();
    return this.#document !== undefined;
  }

  service(id: ServiceState['id']): ServiceState | undefined {
    return this.current.services.find((service) => service.id === id);
  }

  set(document: HouseholdDocument): void {
    this.#document = document;
    this.#signal.bump();
  }

  /** A service's state as the event stream reports it, before the document arrives. */
  setService(state: ServiceState): void {
    if (!this.#document) return;
    const others = this.#document.services.filter(({ id }) => id !== state.id);
    this.set({ ...this.#document, services: [...others, state] });
  }
}

/** Until it is known: this browser's time zone, no services. */
function unknownHousehold(): HouseholdDocument {
  return {
    id: 'household',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    services: [],
    zones: [],
    retentionDays: 0,
    lovesReachLastfm: false,
    firstRunDone: true,
    language: null,
  };
}
