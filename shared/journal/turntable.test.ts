import { describe, expect, it } from 'vitest';
import { endOf, heardBy, type NeedleMove, nextChange, playedOf, soundingAt, TURN_SECONDS, trackToPlay, withMoves } from './turntable.ts';

const AT = 1_700_000_000;
let made = 0;
const move = (act: NeedleMove['act'], after: number, place = 0): NeedleMove => ({ id: `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`, act, at: AT + after, place });
/** Two sides of two tracks of 200 seconds each. */
const session = (...moves: NeedleMove[]) => ({
  playedAt: AT,
  moves,
  tracks: [1, 2, 3, 4].map((trackId) => trackToPlay({ trackId, durationSeconds: 200, ...(trackId === 3 && { begins: { side: 'B' } }) })),
});
const spans = (...moves: NeedleMove[]) => playedOf(session(...moves)).map(({ from, to }) => [from - AT, to - AT]);
const heard = (now: number, ...moves: NeedleMove[]) => heardBy(session(...moves), AT + now).map(({ place }) => place);

describe('a session at the turntable', () => {
  it('plays its tracks one after the other, with a pause where a side has to be turned', () => {
    expect(spans()).toEqual([[0, 200], [200, 400], [430, 630], [630, 830]]);
    expect(endOf(session())).toBe(AT + 830);
    expect(soundingAt(session(), AT + 410)).toMatchObject({ place: 2, state: 'turning' });
    expect(soundingAt(session(), AT + 430)).toMatchObject({ place: 2, state: 'playing' });
    expect([soundingAt(session(), AT - 1), soundingAt(session(), AT + 830)]).toEqual([null, null]);
  });

  it('has a listen of a track once half of it was heard, or 4 minutes', () => {
    expect([heard(99), heard(100), heard(299), heard(300)]).toEqual([[], [0], [0], [0, 1]]);
    const long = { ...session(), tracks: [trackToPlay({ trackId: 1, durationSeconds: 1_109 })] };
    expect([heardBy(long, AT + 239).length, heardBy(long, AT + 240).length]).toEqual([0, 1]);
  });

  it('ends where the needle is lifted: what was heard of the track counts, or does not', () => {
    expect(heard(9_999, move('lift', 299))).toEqual([0]);
    expect(heard(9_999, move('lift', 300))).toEqual([0, 1]);
    expect(spans(move('lift', 410))).toEqual([[0, 200], [200, 400]]);
    expect(spans(move('lift', -5))).toEqual([]);
    expect(nextChange(session(move('lift', 300)), AT + 300)).toBeNull();
  });

  it('skips a track once, however many devices say so', () => {
    expect(spans(move('skip', 50, 0), move('skip', 52, 0))).toEqual([[0, 50], [50, 250], [280, 480], [480, 680]]);
    expect(heard(9_999, move('skip', 50, 0))).toEqual([1, 2, 3]);
  });

  it('begins a side when the person says so, early or late, and the last word holds', () => {
    expect(spans(move('turn', 405, 2))[2]).toEqual([405, 605]);
    expect(heard(2_000, move('turn', 1_900, 2))).toEqual([0, 1, 2]);
    expect(spans(move('turn', 405, 2), move('turn', 450, 2))[2]).toEqual([450, 650]);
    expect(spans(move('turn', 200, 2), move('turn', 300, 1))).toEqual(spans());
  });

  it('forgets what was taken back, in whatever order it is told', () => {
    const lift = move('lift', 100);
    const undone = { ...lift, undone: true } as const;
    expect(withMoves([lift], [undone])).toEqual([undone]);
    expect(withMoves([undone], [lift])).toEqual([undone]);
    expect(spans(undone)).toEqual(spans());
  });

  it('takes the usual length where nobody knows a track’s', () => {
    expect(trackToPlay({ trackId: 1 })).toEqual({ trackId: 1, seconds: 240, about: true });
    expect(trackToPlay({ trackId: 1, durationSeconds: 0.2 })).toEqual({ trackId: 1, seconds: 1 });
    expect(TURN_SECONDS).toBe(30);
  });
});
