import type { Calendar } from '#shared/journal/calendar.ts';
import { householdCalendar } from '../analytics/householdCalendar.ts';
import { LibraryView } from '../analytics/libraryView.ts';
import type { ModuleContext, Module } from './module.ts';
import { gauge } from '../kit/meters/exposition.ts';

export interface AnalyticsModule extends Module {
  /** The journal and the library in memory, for everything that counts or draws from the whole. */
  view: LibraryView;
  /** The household's calendar as of now. */
  calendar: () => Calendar;
}

export function createAnalyticsModule({ library, clock }: ModuleContext): AnalyticsModule {
  const calendar = householdCalendar(library.household);
  const view = new LibraryView({ library, calendar, clock });
  return {
    view,
    calendar,
    start() {},
    close() {
      view.close();
      return Promise.resolve();
    },
    gauges: () => [gauge('aime_view_listens', 'Listens that the figures are counted from.', view.listens)],
  };
}
