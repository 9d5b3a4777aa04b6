import { describe, expect, it } from 'vitest';
import { portionsOf, secondsOf } from './portions.ts';

const track = (id: number, position?: string, kind?: 'heading' | 'index' | 'sub-track') => ({
  id,
  title: `Track ${id}`,
  ...(position ? { position } : {}),
  ...(kind ? { kind } : {}),
});

describe('the parts of a record one may play', () => {
  it('are the whole, its sides and its tracks', () => {
    const portions = portionsOf({ title: 'Two Sides', tracks: [track(1, 'A1'), track(2, 'A2'), track(3, 'B1')] });
    expect(portions.map(({ key, tracks }) => [key, tracks.map(({ id }) => id)])).toEqual([
      ['whole', [1, 2, 3]],
      ['side A', [1, 2]],
      ['side B', [3]],
      ['track 1', [1]],
      ['track 2', [2]],
      ['track 3', [3]],
    ]);
  });

  it('have no sides on a disc, and leave out what is never played', () => {
    const portions = portionsOf({ title: 'Disc', tracks: [track(1, undefined, 'heading'), track(2, '1', 'index'), track(3, '1.a', 'sub-track'), track(4, '2')] });
    expect(portions.map(({ key }) => key)).toEqual(['whole', 'track 3', 'track 4']);
    expect(portionsOf({ title: 'Nothing', tracks: [] })).toEqual([]);
  });

  it('are as long as their tracks, four minutes for one whose length nobody knows', () => {
    expect(secondsOf([{ id: 1, title: 'a', durationSeconds: 100 }, { id: 2, title: 'b' }])).toBe(340);
  });
});
