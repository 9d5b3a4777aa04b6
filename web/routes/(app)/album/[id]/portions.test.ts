import { describe, expect, it } from 'vitest';
import { portionsOf } from './portions.ts';

const track = (id: number, position?: string, kind?: 'heading' | 'index' | 'sub-track') => ({
  id,
  title: `Track ${id}`,
  ...(position ? { position } : {}),
  ...(kind ? { kind } : {}),
});

const album = (title: string, tracks: ReturnType<typeof track>[], format = 'Vinyl, LP') => ({
  title,
  tracks,
  support: null,
  copies: [{ instanceId: '1', folder: null, dateAdded: null, rating: null, notes: [], format }],
});

describe('the parts of a record one may play', () => {
  it('are the whole, its sides and its tracks', () => {
    const portions = portionsOf(album('Two Sides', [track(1, 'A1'), track(2, 'A2'), track(3, 'B1')]));
    expect(portions.map(({ key, tracks }) => [key, tracks.map(({ id }) => id)])).toEqual([
      ['whole', [1, 2, 3]],
      ['part ||A', [1, 2]],
      ['part ||B', [3]],
      ['track 1', [1]],
      ['track 2', [2]],
      ['track 3', [3]],
    ]);
  });

  it('have no sides on a disc, and leave out what is never played', () => {
    const portions = portionsOf(
      album(
        'Disc',
        [track(1, undefined, 'heading'), track(2, '1', 'index'), track(3, '1.a', 'sub-track'), track(4, '2')],
        'CD',
      ),
    );
    expect(portions.map(({ key }) => key)).toEqual(['whole', 'track 3', 'track 4']);
    expect(portionsOf(album('Nothing', []))).toEqual([]);
  });

  it('have no disc for the pieces of a track, and know the disc inside a record', () => {
    const pieces = portionsOf(album('Pieces', [track(1, '1'), track(2, '2'), track(3, '3.1'), track(4, '3.2')], 'CD'));
    expect(pieces.map(({ key }) => key)).toEqual(['whole', 'track 1', 'track 2', 'track 3', 'track 4']);
    const both = portionsOf(
      album(
        'Both',
        [track(1, 'A1'), track(2, 'B1'), track(3, 'B2', 'index'), track(4, undefined, 'sub-track'), track(5, '1')],
        'Vinyl, LP + CD',
      ),
    );
    expect(both.slice(0, 4).map(({ part, tracks }) => [part, tracks.map(({ id }) => id)])).toEqual([
      [undefined, [1, 2, 4, 5]],
      [{ side: 'A' }, [1]],
      [{ side: 'B' }, [2, 4]],
      [{ medium: 'CD' }, [5]],
    ]);
  });

  it('are none of a record that was only heard as one', () => {
    expect(portionsOf(album('As one', [track(1, undefined, 'index')]))).toEqual([]);
    expect(
      portionsOf(album('Its tracks came', [track(2, 'A1'), track(1, undefined, 'index')]))[0]!.tracks.map(
        ({ id }) => id,
      ),
    ).toEqual([2]);
  });

  it('play an index whose pieces are not listed as a whole', () => {
    expect(portionsOf(album('Whole', [track(1, 'A', 'index'), track(2, 'B')]))[0]!.tracks.map(({ id }) => id)).toEqual([
      1, 2,
    ]);
  });
});
