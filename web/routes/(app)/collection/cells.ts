import { capital, date, number } from '$lib/i18n/format.svelte.ts';
import { t } from '$lib/i18n/index.svelte.ts';
import type { AlbumEntry, AlbumSort } from '$lib/library/index.ts';

/** A card between records, as in a shop's bin: it says what follows. */
export interface Divider {
  kind: 'divider';
  key: string;
  name: string;
  /** As the list writes it. */
  longName: string;
  /** The second line: a year, or nothing. */
  line: string | null;
  count: number;
  /** The mark of the edge index that leads here. */
  mark: { key: string; label: string; name: string };
}
export interface Record {
  kind: 'album';
  key: string;
  album: AlbumEntry;
}
export type Cell = Divider | Record;

type Group = Omit<Divider, 'kind' | 'count'>;

/** Cuts a shelf in its order into groups, each led by its divider. */
export function cellsOf(list: readonly AlbumEntry[], sort: AlbumSort, monthOf: (seconds: number) => string, lastPlayed: (id: string) => number | null): Cell[] {
  const cells: Cell[] = [];
  let divider: Divider | undefined;
  for (const album of list) {
    const group = groupOf(album, sort, monthOf, lastPlayed);
    if (group && group.key !== divider?.key) cells.push((divider = { kind: 'divider', count: 0, ...group }));
    if (divider) divider.count++;
    cells.push({ kind: 'album', key: album.id, album });
  }
  return cells;
}

function groupOf(album: AlbumEntry, sort: AlbumSort, monthOf: (seconds: number) => string, lastPlayed: (id: string) => number | null): Group | null {
  switch (sort) {
    case 'artist':
      return letterGroup(album.artistSort);
    case 'title':
      return letterGroup(album.titleSort);
    case 'year':
      return decadeGroup(album.year);
    case 'added':
      return monthGroup(album.addedAt === null ? null : monthOf(album.addedAt), t('divider.unknownDate'));
    case 'lastPlayed': {
      const seconds = lastPlayed(album.id);
      return monthGroup(seconds === null ? null : monthOf(seconds), t('divider.never'));
    }
    case 'rating':
      return ratingGroup(album.rating);
    case 'plays':
      return null;
  }
}

function letterGroup(name: string): Group {
  const first = name.normalize('NFD').charAt(0).toUpperCase();
  const letter = /\p{L}/u.test(first) ? first : t('divider.others');
  return { key: letter, name: letter, longName: letter, line: null, mark: { key: letter, label: letter, name: letter } };
}

function decadeGroup(year: number | null): Group {
  if (year === null) return aloneGroup('year-unknown', t('divider.unknownYear'), '?');
  const decade = Math.floor(year / 10) * 10;
  const key = String(decade);
  const short = `’${key.slice(2)}`;
  return { key, name: short, longName: t('collection.decadeOf', { year: key }), line: key, mark: { key, label: short, name: key } };
}

/** @param month `2026-11`. */
function monthGroup(month: string | null, none: string): Group {
  if (month === null) return aloneGroup('date-unknown', none, '—');
  const year = month.slice(0, 4);
  const day = `${month}-15`;
  return {
    key: month,
    name: capital(date(day, 'monthShort').replace('.', '').slice(0, 4)),
    longName: capital(date(day, 'month')),
    line: year,
    mark: { key: year, label: `’${year.slice(2)}`, name: year },
  };
}

function ratingGroup(rating: number): Group {
  if (rating === 0) return aloneGroup('rating-0', t('divider.notRated'), '—');
  const key = number(rating);
  return { key, name: key, longName: t('rating.of', { n: rating }), line: t('rating.label'), mark: { key, label: key, name: t('rating.of', { n: rating }) } };
}

const aloneGroup = (key: string, name: string, label: string): Group => ({ key, name, longName: name, line: null, mark: { key, label, name } });
