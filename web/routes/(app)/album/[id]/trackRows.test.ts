import { expect, it } from 'vitest';
import type { Track } from '#shared/library/track.ts';
import { trackRows } from './trackRows.ts';

const track = (id: number, position?: string, kind?: Track['kind']): Track => ({
  id,
  title: `Track ${id}`,
  ...(position && { position }),
  ...(kind && { kind }),
});
const rows = (tracks: Track[], plays: Record<number, number> = {}) =>
  trackRows(tracks, (id) => plays[id] ?? 0).map(({ number, isPlayed }) => [number, isPlayed]);

it('an index whose pieces follow has no number that nobody printed, and is nothing to listen to', () => {
  const list = [
    track(1, 'B2'),
    track(2, undefined, 'index'),
    track(3, 'B3.a', 'sub-track'),
    track(4, 'B3.b', 'sub-track'),
  ];
  expect(rows(list)).toEqual([
    ['B2', true],
    ['', false],
    ['B3.a', true],
    ['B3.b', true],
  ]);
  expect(rows(list, { 2: 3 })[1]).toEqual(['', true]);
  expect(rows([track(1, 'B2'), track(2, undefined, 'index')])[1]).toEqual(['', true]);
});

it('counts what is played where no number is printed', () => {
  expect(
    rows([
      track(1, undefined, 'heading'),
      track(2),
      track(3, undefined, 'index'),
      track(4, undefined, 'sub-track'),
      track(5),
    ]).map(([number]) => number),
  ).toEqual(['', '1', '', '2', '3']);
});
