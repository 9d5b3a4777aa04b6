import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enoughOf } from './scrobbleRule.ts';
import { endOf, LONGEST_PAUSE_SECONDS, playedOf, TURN_SECONDS } from './needle.ts';
import { FIRST_SECONDS, heardBy, nextChange, positionAt, previousOf, soundingAt } from './sounding.ts';
import { MOST_PLAYED, type NeedleMove, trackToPlay, withMoves } from './turntable.ts';

const AT = 1_700_000_000;
let made = 0;
const move = (act: NeedleMove['act'], after: number, place = 0): NeedleMove => ({
  id: `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`,
  act,
  at: AT + after,
  place,
});
/** Two sides of two tracks of 200 seconds each. */
const session = (...moves: NeedleMove[]) => ({
  playedAt: AT,
  moves,
  tracks: [1, 2, 3, 4].map((trackId) =>
    trackToPlay({ trackId, durationSeconds: 200, ...(trackId === 3 && { begins: { side: 'B' } }) }),
  ),
});
const spans = (...moves: NeedleMove[]) => playedOf(session(...moves)).map(({ from, to }) => [from - AT, to - AT]);
const heard = (now: number, ...moves: NeedleMove[]) => heardBy(session(...moves), AT + now).map(({ place }) => place);

describe('a session at the turntable', () => {
  it('plays its tracks one after the other, with a pause where a side has to be turned', () => {
    expect(spans()).toEqual([
      [0, 200],
      [200, 400],
      [430, 630],
      [630, 830],
    ]);
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
    expect(spans(move('lift', 410))).toEqual([
      [0, 200],
      [200, 400],
    ]);
    expect(spans(move('lift', -5))).toEqual([]);
    expect(nextChange(session(move('lift', 300)), AT + 300)).toBeNull();
  });

  it('skips a track once, however many devices say so', () => {
    expect(spans(move('skip', 50, 0), move('skip', 52, 0))).toEqual([
      [0, 50],
      [50, 250],
      [280, 480],
      [480, 680],
    ]);
    expect(heard(9_999, move('skip', 50, 0))).toEqual([1, 2, 3]);
  });

  it('begins a side when the person says so, early or late, and the last word holds', () => {
    expect(spans(move('turn', 405, 2))[2]).toEqual([405, 605]);
    expect(heard(2_000, move('turn', 1_900, 2))).toEqual([0, 1, 2]);
    expect(spans(move('turn', 405, 2), move('turn', 450, 2))[2]).toEqual([450, 650]);
    expect(spans(move('turn', 200, 2), move('turn', 300, 1))).toEqual(spans());
    expect(spans(move('again', 440, 1), move('turn', 500, 2)).slice(2)).toEqual([
      [430, 440],
      [440, 640],
      [670, 870],
      [870, 1_070],
    ]);
  });

  it('forgets what was taken back, in whatever order it arrives', () => {
    const lift = move('lift', 100);
    const undone = { ...lift, undone: true } as const;
    expect(withMoves([lift], [undone])).toEqual([undone]);
    expect(withMoves([undone], [lift])).toEqual([undone]);
    expect(spans(undone)).toEqual(spans());
  });

  it('holds the clock while it is paused: what was heard before counts', () => {
    expect(spans(move('pause', 60), move('resume', 160))).toEqual([
      [0, 300],
      [300, 500],
      [530, 730],
      [730, 930],
    ]);
    expect([
      heard(199, move('pause', 60), move('resume', 160)),
      heard(200, move('pause', 60), move('resume', 160)),
    ]).toEqual([[], [0]]);
    expect(heard(150, move('pause', 100))).toEqual([0]);
    expect(heard(9_999, move('pause', 99))).toEqual([]);
    const paused = session(move('pause', 60));
    expect(soundingAt(paused, AT + 5_000)).toMatchObject({ place: 0, state: 'paused' });
    expect(positionAt(soundingAt(paused, AT + 5_000)!, AT + 5_000)).toBe(60);
    expect(nextChange(paused, AT + 61)).toBe(AT + 60 + LONGEST_PAUSE_SECONDS);
    expect(soundingAt(session(move('pause', 60), move('resume', 160)), AT + 200)).toMatchObject({ state: 'playing' });
  });

  it('pauses once and resumes once, however many devices say so, and only what plays', () => {
    expect(spans(move('pause', 60), move('pause', 70), move('resume', 160), move('resume', 170))).toEqual(
      spans(move('pause', 60), move('resume', 160)),
    );
    expect(spans(move('resume', 60), move('pause', 410))).toEqual(spans());
    expect(spans(move('pause', 60), move('skip', 160, 0))).toEqual([
      [0, 160],
      [160, 360],
      [390, 590],
      [590, 790],
    ]);
    expect(heard(9_999, move('pause', 60), move('skip', 200, 0), move('lift', 201))).toEqual([]);
  });

  it('is over after a pause that nobody ends, with what was heard before it', () => {
    const late = LONGEST_PAUSE_SECONDS + 350;
    expect(endOf(session(move('pause', 350)))).toBe(AT + late);
    expect(heard(2 * late, move('pause', 350))).toEqual([0, 1]);
    expect(spans(move('pause', 350), move('resume', late))).toEqual([
      [0, 200],
      [200, late],
    ]);
    expect(heard(9_999, move('pause', 350), move('lift', 2_000))).toEqual([0, 1]);
  });

  it('begins a track again, which is another listen where it is heard again', () => {
    expect(spans(move('again', 250, 1))).toEqual([
      [0, 200],
      [200, 250],
      [250, 450],
      [480, 680],
      [680, 880],
    ]);
    expect(heard(9_999, move('again', 250, 1))).toEqual([0, 1, 2, 3]);
    const twice = session(move('again', 350, 1));
    expect(heardBy(twice, AT + 9_999).map(({ number, playedAt }) => [number, playedAt - AT])).toEqual([
      [0, 0],
      [1, 200],
      [1 + MOST_PLAYED, 350],
      [2, 580],
      [3, 780],
    ]);
    expect(spans(move('again', 250, 0)).slice(0, 4)).toEqual([
      [0, 200],
      [200, 250],
      [250, 450],
      [450, 650],
    ]);
    expect(spans(move('pause', 50), move('again', 90, 0)).slice(0, 3)).toEqual([
      [0, 90],
      [90, 290],
      [290, 490],
    ]);
    expect(spans(move('again', 410, 1)).slice(2, 4)).toEqual([
      [410, 610],
      [640, 840],
    ]);
    expect(spans(move('again', 100, 2), move('again', -1, 0))).toEqual(spans());
  });

  it('goes to the track before within the first seconds, and to the beginning later', () => {
    const previous = (after: number, ...moves: NeedleMove[]) =>
      previousOf(soundingAt(session(...moves), AT + after)!, AT + after);
    expect([
      previous(2),
      previous(150),
      previous(200 + FIRST_SECONDS - 1),
      previous(200 + FIRST_SECONDS),
      previous(410),
    ]).toEqual([0, 0, 0, 1, 1]);
    expect(previous(900, move('pause', 202))).toBe(0);
  });

  it('takes moves of one second in the order in which they were made', () => {
    const made = (act: NeedleMove['act'], nth: number) => ({ ...move(act, 60), nth });
    const [resume, pause] = [made('resume', 1), made('pause', 0)];
    expect(spans(resume, pause)).toEqual(spans());
  });

  it('takes the usual length where nobody knows a track’s', () => {
    expect(trackToPlay({ trackId: 1 })).toEqual({ trackId: 1, seconds: 240, about: true });
    expect(trackToPlay({ trackId: 1, durationSeconds: 0.2 })).toEqual({ trackId: 1, seconds: 1 });
    expect(TURN_SECONDS).toBe(30);
  });
});

const ACTS = ['pass', 'pass', 'sync', 'pause', 'resume', 'previous', 'skip', 'turn', 'lift', 'undo'] as const;
const anyActs = fc.array(fc.tuple(fc.constantFrom(...ACTS), fc.constantFrom(0, 1), fc.nat(250)), { maxLength: 60 });

it('comes to the same on every device, plays one track at a time, and hears none before its time, whoever does what by whichever clock', () => {
  fc.assert(
    fc.property(anyActs, fc.integer({ min: -400, max: 400 }), (steps, skew) => {
      let now = AT;
      const known: NeedleMove[][] = [[], []];
      const of = (device: number) => session(...known[device]!);
      for (const [act, device, passed] of steps) {
        if (act === 'pass') now += passed;
        if (act === 'sync') known[0] = known[1] = withMoves(known[0]!, known[1]!);
        if (act === 'pass' || act === 'sync') continue;
        const its = now + device * skew;
        const sounding = soundingAt(of(device), its);
        const place =
          act === 'turn' ? 2 : act === 'previous' && sounding ? previousOf(sounding, its) : (sounding?.place ?? 0);
        const before = known[device]!.at(-1);
        const done =
          act === 'undo'
            ? before && { ...before, undone: true as const }
            : { ...move(act === 'previous' ? 'again' : act, its - AT, place), nth: known[device]!.length };
        if (done) known[device] = withMoves(known[device]!, [done]);
      }
      const all = session(...withMoves(known[0]!, known[1]!));
      expect(playedOf(all)).toEqual(playedOf(session(...withMoves(known[1]!, known[0]!).toReversed())));
      let end = AT;
      for (const { from, to, pauses } of playedOf(all)) {
        expect(from).toBeGreaterThanOrEqual(end);
        expect(to).toBeGreaterThanOrEqual(from);
        for (const pause of pauses) expect(from <= pause.from && pause.from <= pause.to && pause.to <= to).toBe(true);
        end = to;
      }
      const heardNow = heardBy(all, now);
      expect(new Set(heardNow.map(({ number }) => number)).size).toBe(heardNow.length);
      for (const { playedAt } of heardNow) expect(playedAt).toBeLessThan(now);
      // What counts as heard was: all of it together fits into the time since.
      const sounded = heardNow.reduce((sum, { place }) => sum + enoughOf(all.tracks[place]!.seconds), 0);
      expect(sounded).toBeLessThanOrEqual(now - AT);
      // Once it has been heard, time alone takes nothing back.
      expect(heardBy(all, endOf(all)).slice(0, heardNow.length)).toEqual(heardNow);
      const sum = playedOf(all).reduce((total, played) => total + positionAt(played, now), 0);
      expect(sum).toBeLessThanOrEqual(now - AT);
    }),
  );
});
