import { createCalendar } from '#shared/journal/calendar.ts';
import { DailyCap } from '../kit/dailyCap.ts';
import type { Foundations } from './part.ts';

const STATE = 'euria-day';

/** What EurIA may be asked for on one of the household's days: words about albums and playlists together. */
export const euriaCap = ({ config, library, clock }: Pick<Foundations, 'config' | 'library' | 'clock'>): DailyCap =>
  new DailyCap({
    clock,
    upstream: 'EurIA',
    count: { get: () => library.states.get(STATE), set: (count) => library.states.set(STATE, count) },
    most: () => config.get('euria.dailyCap'),
    dayOf(seconds) {
      const calendar = createCalendar(library.household.get().timeZone);
      return { key: calendar.dayKey(seconds), end: calendar.dayEnd(calendar.dayNumber(seconds)) };
    },
    words: (most) => `The ${most} texts of today are written; it goes on tomorrow`,
  });
