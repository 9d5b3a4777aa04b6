import { beforeAll, describe, expect, it, vi } from 'vitest';
import { placesFor } from './places.ts';

vi.mock('$lib/i18n/format.svelte.ts', () => ({
  capital: (text: string) => text,
  date: (local: string, style: string) =>
    style === 'monthName'
      ? new Intl.DateTimeFormat('fr-FR', { month: 'long', timeZone: 'UTC' }).format(new Date(`${local}T12:00:00Z`))
      : local,
}));
vi.mock('$lib/i18n/index.svelte.ts', () => ({
  t: (key: string) => ({ 'nav.settings': 'Réglages', 'nav.timeline': 'Frise' })[key] ?? key,
}));

describe('days, months and pages in a search', () => {
  const newest = '2026-11-22';
  let found: (query: string) => string[];
  beforeAll(() => {
    found = (query) => placesFor(query, newest).map(({ href }) => href);
  });

  it('reads a day however it is written, and takes the last one when no year is said', () => {
    for (const query of ['2026-02-03', '3.2.2026', '03/02/2026', '3 fév 2026', '3 février']) {
      expect(found(query)).toEqual(['/timeline?day=2026-02-03']);
    }
    expect(found('24 décembre')).toEqual(['/timeline?day=2025-12-24']);
    expect(found('29 février')).toEqual(['/timeline?day=2024-02-29']);
    expect(found('1er mai')).toEqual(['/timeline?day=2026-05-01']);
  });

  it('offers a month of this year and the one before, none of the future', () => {
    expect(found('mars')).toEqual(['/timeline?day=2026-03-01', '/timeline?day=2025-03-01']);
    expect(found('décembre')).toEqual(['/timeline?day=2025-12-01']);
    expect(found('mars 2019')).toEqual(['/timeline?day=2019-03-01']);
  });

  it('finds pages without their accents, and nothing in what is no date', () => {
    expect(found('regl')).toEqual(['/settings']);
    for (const query of ['31.02.2026', '3.2.1066', 'mars 1066', '31 février', '3.2.2125'])
      expect(found(query), query).toEqual([]);
    expect(found('   ')).toEqual([]);
    expect(found('zzz')).toEqual([]);
  });
});
