import { cut } from '#shared/text/cut.ts';
import { capital, date, number } from '$lib/i18n/format.svelte.ts';
import { t } from '$lib/i18n/index.svelte.ts';
import type { AlbumEntry, AlbumSort } from '$lib/library/index.ts';

/** A card between records, as in a shop's bin: it says what follows. */
export interface Divider {
  kind: 'divider';
  /** Unlike any other cell's. */
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

/** With fewer records a month than this, on average, the shelf is divided by years. */
const FEW = 4;

/** Cuts a shelf in its order into groups, each led by its divider. */
export function cellsOf(
  list: readonly AlbumEntry[],
  sort: AlbumSort,
  monthOf: (seconds: number) => string,
  lastPlayed: (id: string) => number | null,
): Cell[] {
  const groups = list.map((album) => groupOf(album, sort, monthOf, lastPlayed));
  // Months that hold a record or two would make a shelf of dividers: the years lead then.
  const byYear =
    (sort === 'added' || sort === 'lastPlayed') && new Set(groups.map((group) => group?.key)).size * FEW > list.length;
  const cells: Cell[] = [];
  let divider: Divider | undefined;
  let last: string | undefined;
  for (const [index, album] of list.entries()) {
    const found = groups[index] ?? null;
    const group = byYear && found ? yearOf(found) : found;
    if (group && group.key !== last) {
      last = group.key;
      cells.push((divider = { ...group, kind: 'divider', count: 0, key: `divider ${cells.length}` }));
    }
    if (divider) divider.count++;
    cells.push({ kind: 'album', key: album.id, album });
  }
  return cells;
}

function groupOf(
  album: AlbumEntry,
  sort: AlbumSort,
  monthOf: (seconds: number) => string,
  lastPlayed: (id: string) => number | null,
): Group | null {
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
  return {
    key: letter,
    name: letter,
    longName: letter,
    line: null,
    mark: { key: letter, label: letter, name: letter },
  };
}

function decadeGroup(year: number | null): Group {
  if (year === null) return aloneGroup('year-unknown', t('divider.unknownYear'), '?');
  const decade = Math.floor(year / 10) * 10;
  const key = String(decade);
  const short = `’${key.slice(2)}`;
  return {
    key,
    name: short,
    longName: t('collection.decadeOf', { year: key }),
    line: key,
    mark: { key, label: short, name: key },
  };
}

/** @param month `2026-11`. */
function monthGroup(month: string | null, none: string): Group {
  if (month === null) return aloneGroup('date-unknown', none, '—');
  const year = month.slice(0, 4);
  const day = `${month}-15`;
  return {
    key: month,
    name: capital(cut(date(day, 'monthShort').replace('.', ''), 4)),
    longName: capital(date(day, 'month')),
    line: year,
    mark: { key: year, label: `’${year.slice(2)}`, name: year },
  };
}

/** The year that a month's group is in; what has no month stays as it is. */
const yearOf = (group: Group): Group =>
  group.line === null ? group : { ...group, key: group.line, name: group.line, longName: group.line, line: null };

function ratingGroup(rating: number): Group {
  if (rating === 0) return aloneGroup('rating-0', t('divider.notRated'), '—');
  const key = number(rating);
  return {
    key,
    name: key,
    longName: t('rating.of', { n: rating }),
    line: t('rating.label'),
    mark: { key, label: key, name: t('rating.of', { n: rating }) },
  };
}

const aloneGroup = (key: string, name: string, label: string): Group => ({
  key,
  name,
  longName: name,
  line: null,
  mark: { key, label, name },
});
