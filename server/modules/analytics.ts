import type { Calendar } from '#shared/journal/calendar.ts';
import { householdCalendar } from '../analytics/householdCalendar.ts';
import { LibraryView } from '../analytics/libraryView.ts';
import { analyticsRoutes } from '../http/routes/analytics.ts';
import type { ModuleContext, Module } from './module.ts';
import { gauge } from '../kit/meters/exposition.ts';

export interface Analytics extends Module {
  /** The journal and the library in memory, for everything that counts or draws from the whole. */
  view: LibraryView;
  /** The household's calendar as of now. */
  calendar: () => Calendar;
}

export function createAnalyticsModule({ library, clock }: ModuleContext): Analytics {
  const calendar = householdCalendar(library.household);
  const view = new LibraryView({ library, calendar, clock });
  return {
    view,
    calendar,
    routes: analyticsRoutes(view, clock),
    start() {},
    close() {
      view.close();
      return Promise.resolve();
    },
    gauges: () => [gauge('aime_view_listens', 'Listens that the figures are counted from.', view.listens)],
  };
}
