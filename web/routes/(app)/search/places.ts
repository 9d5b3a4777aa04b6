import { foldForSearch as fold } from '#shared/matching/fold.ts';
import { isDay, isToCome } from '../../../lib/address.ts';
import { capital, date } from '$lib/i18n/format.svelte.ts';
import { t } from '$lib/i18n/index.svelte.ts';
import type { IconName } from '$lib/ui/icons.ts';
import { destinations } from '../destinations.ts';

/** A day, a month or a page that a search leads to. */
export interface Place {
  href: string;
  name: string;
  icon: IconName;
}

const two = (value: number) => String(value).padStart(2, '0');

/**
 * Days, months and pages that a query may mean: `2026-11-21`, `21.11.2026`, `21 november`, `mars`, `settings`.
 *
 * @param newest the newest local date with a listen; months and days without a year are the last ones before it.
 */
export function placesFor(query: string, newest: string): Place[] {
  const folded = fold(query).trim();
  if (folded === '') return [];
  return [...daysFor(folded, newest), ...monthsFor(folded, newest), ...pagesFor(folded)];
}

function pagesFor(folded: string): Place[] {
  const pages: Place[] = [
    ...destinations.map(({ href, icon, name }) => ({ href, icon, name: t(name) })),
    { href: '/settings', icon: 'settings', name: t('nav.settings') },
  ];
  return folded.length < 2 ? [] : pages.filter(({ name }) => fold(name).startsWith(folded));
}

const monthNames = (): string[] =>
  Array.from({ length: 12 }, (_, month) => date(`2026-${two(month + 1)}-15`, 'monthName'));

function monthsFor(folded: string, newest: string): Place[] {
  const [word = '', year] = folded.split(' ');
  if (word.length < 3) return [];
  const lastYear = Number(newest.slice(0, 4));
  return monthNames().flatMap((name, month) => {
    if (!fold(name).startsWith(word)) return [];
    const years = year && /^\d{4}$/.test(year) ? [Number(year)] : [lastYear, lastYear - 1];
    return years
      .map((shown) => `${shown}-${two(month + 1)}`)
      .filter((key) => key <= newest.slice(0, 7) && isDay(`${key}-01`))
      .slice(0, 2)
      .map((key): Place => ({
        href: `/timeline?day=${key}-01`,
        name: capital(date(`${key}-15`, 'month')),
        icon: 'calendar',
      }));
  });
}

function daysFor(folded: string, newest: string): Place[] {
  const iso = /^(\d{4}) (\d{1,2}) (\d{1,2})$/.exec(folded);
  const dotted = /^(\d{1,2}) (\d{1,2}) (\d{4})$/.exec(folded);
  const worded = /^(\d{1,2})(?:er)? ([a-z]{3,})(?: (\d{4}))?$/.exec(folded);
  let keys: string[] = [];
  if (iso) keys = [keyOf([Number(iso[1]), Number(iso[2]), Number(iso[3])])];
  else if (dotted) keys = [keyOf([Number(dotted[3]), Number(dotted[2]), Number(dotted[1])])];
  else if (worded) {
    const month = monthNames().findIndex((name) => fold(name).startsWith(worded[2] ?? ''));
    const keyIn = (year: number) => keyOf([year, month + 1, Number(worded[1])]);
    keys = worded[3]
      ? [keyIn(Number(worded[3]))]
      : LATELY.map((ago) => keyIn(Number(newest.slice(0, 4)) - ago)).filter((key) => key <= newest);
  }
  const key = keys.find((each) => isDay(each) && !isToCome(each, Date.now()));
  return key === undefined
    ? []
    : [{ href: `/timeline?day=${key}`, name: capital(date(key, 'full')), icon: 'calendar' }];
}

/** Years ago in which a day without a year is looked for: the 29th of February can be eight of them away. */
const LATELY = Array.from({ length: 9 }, (_, ago) => ago);

const keyOf = ([year, month, day]: readonly [number, number, number]): string => `${year}-${two(month)}-${two(day)}`;
