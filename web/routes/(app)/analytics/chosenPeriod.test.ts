import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createCalendar } from '#shared/journal/calendar.ts';
import { Address } from '../../../lib/address.ts';
import { speak } from '../../../lib/i18n/testing/spoken.ts';
import { periodAddress, periodOf, readPeriod } from './chosenPeriod.ts';

vi.mock('$lib/i18n/index.svelte.ts', () => import('../../../lib/i18n/testing/spoken.ts'));
vi.mock('../../../lib/i18n/index.svelte.ts', () => import('../../../lib/i18n/testing/spoken.ts'));
vi.mock('$lib/i18n/format.svelte.ts', () => import('../../../lib/i18n/format.svelte.ts'));

const calendar = createCalendar('Europe/Zurich');
const NOON = Date.parse('2026-11-28T11:00:00Z');
function read(query: string) {
  const address = new Address(new URLSearchParams(query));
  const asked = readPeriod(address, NOON);
  const { title, days, choice } = periodOf(asked, calendar, calendar.dayStart('2026-11-28'));
  return {
    title,
    days: [days.from, days.to],
    address: periodAddress(choice),
    wrong: address.wrong.map(({ name }) => name),
  };
}
beforeEach(() => speak('en'));

describe('the period that an address asks for', () => {
  it.each([
    ['date=2026-03-05', 'March', ['2026-03-01', '2026-03-31'], '/analytics?shift=-8'],
    ['period=month&date=2025-12-31', 'December 2025', ['2025-12-01', '2025-12-31'], '/analytics?shift=-11'],
    ['period=year&date=2024-02-29', '2024', ['2024-01-01', '2024-12-31'], '/analytics?period=year&shift=-2'],
    ['period=week&date=2026-11-22', 'The last seven days', ['2026-11-22', '2026-11-28'], '/analytics?period=week'],
    [
      'period=week&date=2026-11-21',
      '15 – 21 Nov 2026',
      ['2026-11-15', '2026-11-21'],
      '/analytics?period=week&shift=-1',
    ],
    ['period=month&date=2026-11-29', 'November', ['2026-11-01', '2026-11-30'], '/analytics'],
  ])('is the one that a day is in: %s', (query, title, days, address) => {
    expect(read(query)).toEqual({ title, days, address, wrong: [] });
  });

  it.each([
    ['date=2026-02-30', 'date'],
    ['date=2027-01-01', 'date'],
    ['from=2027-01-01&to=2027-02-01', 'from'],
    ['from=2026-03-01&to=2026-03-02&shift=-3', 'shift'],
    ['period=year&from=2026-03-01&to=2026-03-02', 'period'],
    ['period=all&date=2026-03-05', 'date'],
    ['date=2026-03-05&shift=-2', 'date'],
    ['from=2026-03-01&to=2026-03-02&date=2026-03-05', 'date'],
  ])('names what cannot be, or does not go together: %s', (query, name) => {
    expect(read(query).wrong).toContain(name);
  });

  it('names of two days only the one that does not exist', () =>
    expect(read('from=2026-02-30&to=2026-03-01').wrong).toEqual(['from']));

  it('says of a year that is not over that it is so far, and of no other', () => {
    expect([read('period=year').title, read('period=year&shift=-1').title]).toEqual(['2026 so far', '2025']);
    speak('fr');
    expect([read('period=year').title, read('period=year&shift=-1').title]).toEqual(['2026 jusqu’ici', '2025']);
  });
});
