import { describe, expect, it } from 'vitest';
import { shortfalls, tallyTable, together } from './tally.ts';

describe('what a stress test counted', () => {
  it('holds while nothing is lost and both bounds are respected', () => {
    expect(
      shortfalls({
        tried: 200,
        lost: 0,
        doubled: 0,
        altered: 0,
        serverErrors: 0,
        deaths: 0,
        longestStallMs: 200,
        peakMemoryMb: 400,
      }),
    ).toEqual([]);
  });

  it('names each figure that is beyond its reach', () => {
    expect(shortfalls({ lost: 1, longestStallMs: 350 })).toEqual([
      'lost: 1, at most 0',
      'longest stall (ms): 350, at most 200',
    ]);
  });

  it('prints what it does not know as unknown, never as nothing', () => {
    const [, row] = tallyTable([{ name: 'wipe', tally: { tried: 3, lost: 0 } }]).split('\n');
    expect(row!.split(/\s+/)).toEqual(['wipe', '3', '0', '?', '?', '?', '?', '?', '?']);
  });

  it('adds up what happened in several rounds, keeps the worst of what was borne, and knows nothing that one of them does not know', () => {
    expect(
      together([
        { tried: 3, lost: 1, longestStallMs: 40, deaths: 0 },
        { tried: 4, lost: 0, longestStallMs: 90 },
      ]),
    ).toEqual({ tried: 7, lost: 1, longestStallMs: 90 });
  });
});
