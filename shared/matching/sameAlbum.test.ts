import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlbumNames } from './sameAlbum.ts';
import { compareAlbums } from './sameAlbum.ts';

const names: fc.Arbitrary<AlbumNames> = fc.record({
  artist: fc.constantFrom('Marsha Vale', 'Various', 'Marsha Vale & The Tides', 'Otto Lund', '雪村'),
  title: fc.constantFrom(
    'Night Boats',
    'Night Boats (Live)',
    'Night Boats EP',
    'Marsha Vale',
    'Greatest Hits',
    'Night Boats II',
    '夜の船',
  ),
  year: fc.constantFrom(undefined, 1979, 1999),
});

describe('compareAlbums', () => {
  it('does not depend on which one is heard', () => {
    fc.assert(
      fc.property(names, names, (a, b) => {
        expect(compareAlbums(a, b).decision).toBe(compareAlbums(b, a).decision);
      }),
    );
  });

  it('holds any album for itself', () => {
    fc.assert(
      fc.property(names, (a) => {
        expect(compareAlbums(a, a).decision).toBe('same');
      }),
    );
  });

  it('says what spoke for and against', () => {
    const { decision, reasons } = compareAlbums(
      { artist: 'Marsha Vale', title: 'Night Boats Vol. 1' },
      { artist: 'Marsha Vale', title: 'Night Boats Vol. 2' },
    );
    expect(decision).toBe('different');
    expect(reasons).toContainEqual({
      code: 'title-different',
      weight: -1,
      a: 'Night Boats Vol. 1',
      b: 'Night Boats Vol. 2',
    });
    expect(reasons).toContainEqual(expect.objectContaining({ code: 'artist-same', weight: 1 }));
  });

  it('takes the format that the source gives before the one in the title', () => {
    const owned = { artist: 'Marsha Vale', title: 'Tide' };
    expect(compareAlbums({ ...owned, format: 'single' }, { ...owned, format: 'album' }).decision).toBe('different');
    expect(compareAlbums({ ...owned, format: 'single' }, owned).decision).toBe('unsure');
  });
});
