import { describe, expect, it } from 'vitest';
import { shortfalls, tallyTable } from './tally.ts';

describe('what a proof counted', () => {
  it('holds while nothing is lost and both bounds are kept', () => {
    expect(shortfalls({ tried: 200, lost: 0, doubled: 0, altered: 0, serverErrors: 0, deaths: 0, longestStallMs: 200, peakMemoryMb: 400 })).toEqual([]);
  });

  it('names each figure that is beyond its reach', () => {
    expect(shortfalls({ lost: 1, longestStallMs: 350 })).toEqual(['lost: 1, at most 0', 'longest stall (ms): 350, at most 200']);
  });

  it('prints what it does not know as unknown, never as nothing', () => {
    const [, row] = tallyTable([{ name: 'wipe', tally: { tried: 3, lost: 0 } }]).split('\n');
    expect(row!.split(/\s+/)).toEqual(['wipe', '3', '0', '?', '?', '?', '?', '?', '?']);
  });
});
