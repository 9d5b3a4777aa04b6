import { describe, expect, it, vi } from 'vitest';
import type { AlbumEntry } from '$lib/library/types.ts';
import { cellsOf, type Cell } from './cells.ts';

vi.mock('$lib/i18n/format.svelte.ts', () => ({
  capital: (text: string) => text,
  number: String,
  date: (local: string, style: string) =>
    new Intl.DateTimeFormat('en-GB', { month: style === 'monthShort' ? 'short' : 'long', timeZone: 'UTC' }).format(
      new Date(`${local}T12:00:00Z`),
    ),
}));
vi.mock('$lib/i18n/index.svelte.ts', () => ({
  t: (key: string, values?: Record<string, unknown>) => `${key}${values ? ` ${Object.values(values).join()}` : ''}`,
}));

const album = (id: string, more: Partial<AlbumEntry> = {}) =>
  ({ id, title: id, artistSort: id, titleSort: id, year: null, addedAt: null, rating: 0, ...more }) as AlbumEntry;
const monthOf = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 7);
const at = (date: string) => Date.parse(date) / 1000;
const shown = (cells: readonly Cell[]) =>
  cells.map((cell) => (cell.kind === 'divider' ? `[${cell.name} ${cell.count}]` : cell.album.id));
const never = () => null;

describe('the dividers of the shelf', () => {
  it('stand before the first record of each letter, accents and case aside, signs and figures together', () => {
    const cells = cellsOf(
      ['1999', 'abba', 'Étoile', 'eels', '…'].map((name) => album(name)),
      'artist',
      monthOf,
      never,
    );
    expect(shown(cells)).toEqual([
      '[divider.others 1]',
      '1999',
      '[A 1]',
      'abba',
      '[E 2]',
      'Étoile',
      'eels',
      '[divider.others 1]',
      '…',
    ]);
  });

  it('are decades by year, and a place of its own for what has no year', () => {
    const cells = cellsOf([album('a', { year: 1969 }), album('b', { year: 1970 }), album('c')], 'year', monthOf, never);
    expect(shown(cells)).toEqual(['[’60 1]', 'a', '[’70 1]', 'b', '[divider.unknownYear 1]', 'c']);
  });

  it('are months while months hold enough, and years where they would be as many as the records', () => {
    const full = Array.from({ length: 8 }, (_, index) => album(`n${index}`, { addedAt: at('2026-11-03') }));
    expect(shown(cellsOf(full, 'added', monthOf, never))[0]).toBe('[Nov 8]');
    const sparse = ['2026-11-03', '2026-08-01', '2025-02-02'].map((date, index) =>
      album(`s${index}`, { addedAt: at(date) }),
    );
    expect(shown(cellsOf(sparse, 'added', monthOf, never))).toEqual(['[2026 2]', 's0', 's1', '[2025 1]', 's2']);
  });

  it('are not there where the order has no groups', () => {
    expect(shown(cellsOf([album('a'), album('b')], 'plays', monthOf, never))).toEqual(['a', 'b']);
  });
});
