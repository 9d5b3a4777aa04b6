import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addTimes } from '#shared/analytics/playingTime.ts';
import { createCalendar } from '#shared/journal/calendar.ts';
import { pastMidnight, stretchesOf, timeOf, type Heard } from './dayShape.ts';
import { partsOf, piecesIn, quietEnds } from './dayParts.ts';

const zurich = createCalendar('Europe/Zurich');
const DAY = '2026-11-21';
const hours = zurich.hoursOfDay(DAY);
const midnight = hours[0]!.start;
const at = (clock: string, key: string, minutes = 4, known = true): Heard => {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  const seconds = minutes * 60;
  return {
    playedAt: midnight + hour * 3_600 + minute * 60,
    time: { seconds, estimatedSeconds: known ? 0 : seconds },
    key,
  };
};
const yesterday = (clock: string, key: string, minutes = 4, known = true): Heard => ({
  ...at(clock, key, minutes, known),
  playedAt: at(clock, key).playedAt - 86_400,
});
const musicOf = (heard: readonly Heard[], before?: Heard) => {
  const stretches = stretchesOf(heard);
  return { stretches, ...pastMidnight(before, stretches, midnight) };
};
const clockOf = (seconds: number) => new Date((seconds - midnight) * 1_000).toISOString().slice(11, 16);

describe('the parts of a day', () => {
  it('are three, and four where the night has music; their time is the day’s', () => {
    const day = musicOf([at('07:42', 'a', 50), at('14:05', 'b'), at('23:30', 'c', 4, false)]);
    const parts = partsOf(hours, day);
    expect(parts.map(({ name, pieces }) => [name, pieces.length])).toEqual([
      ['morning', 1],
      ['afternoon', 1],
      ['evening', 1],
    ]);
    expect(addTimes(parts.map(({ time }) => time))).toEqual(timeOf(day.stretches));
    expect(partsOf(hours, musicOf([at('00:10', 'a')])).map(({ name, pieces }) => [name, pieces.length])).toEqual([
      ['night', 1],
      ['morning', 0],
      ['afternoon', 0],
      ['evening', 0],
    ]);
  });

  it('show their figures only where these do not contradict the day’s', () => {
    const isTimeShown = (...heard: Heard[]) => partsOf(hours, musicOf(heard)).map(({ isTimeShown: its }) => its);
    // About 10 and about 30 minutes beside about 35.
    expect(isTimeShown(at('05:00', 'a', 8, false), at('08:00', 'b', 28, false))).toEqual([false, false, false, false]);
    expect(isTimeShown(at('08:00', 'b', 15, false), at('15:00', 'c', 20, false))).toEqual([true, true, false]);
    // What is exact is shown.
    expect(isTimeShown(at('08:00', 'b', 12), at('15:00', 'c', 21, false))).toEqual([true, false, false]);
    expect(isTimeShown(at('08:00', 'b', 12, false))).toEqual([true, false, false]);
  });

  it('name each record where it began, and again with all its names where it goes on into the next part', () => {
    const [, afternoon, lastPart] = partsOf(hours, musicOf([at('17:40', 'a', 20), at('18:00', 'a', 20)]));
    expect(afternoon!.pieces).toMatchObject([{ label: 'record', continued: false }]);
    expect(lastPart!.pieces).toMatchObject([{ label: 'record', continued: true }]);
    expect(clockOf(lastPart!.pieces[0]!.start)).toBe('18:00');
    expect([afternoon!.time.seconds, lastPart!.time.seconds]).toEqual([1_200, 1_200]);
  });

  it('go on from before midnight: the same record with a bar from midnight, another with what is left of its last track', () => {
    const same = piecesIn(hours, musicOf([at('00:03', 'a', 5), at('00:08', 'a', 5)], yesterday('23:55', 'a')));
    expect(same.map(({ start, end, continued, label }) => [clockOf(start), clockOf(end), continued, label])).toEqual([
      ['00:00', '00:13', true, 'record'],
    ]);
    const other = piecesIn(hours, musicOf([at('08:00', 'b')], yesterday('23:50', 'a', 30)));
    expect(other.map(({ start, end, continued, label }) => [clockOf(start), clockOf(end), continued, label])).toEqual([
      ['00:00', '00:20', true, 'record'],
      ['08:00', '08:04', false, 'track'],
    ]);
  });

  it('claim nothing of a track whose length nobody knows, nor of one that was over', () => {
    expect(musicOf([], yesterday('23:50', 'a', 30, false)).carried).toBeUndefined();
    expect(musicOf([], yesterday('23:50', 'a', 10)).carried).toBeUndefined();
    expect(musicOf([at('00:00', 'b')], yesterday('23:50', 'a', 30)).carried).toBeUndefined();
  });

  it('hold every listen of a day, on days when the clocks change too', () => {
    const zoned = fc.constantFrom('2026-11-21', '2026-03-29', '2026-10-25').chain((date) => {
      const of = zurich.hoursOfDay(date);
      return fc.tuple(
        fc.constant(of),
        fc.array(
          fc.record({
            playedAt: fc.integer({ min: of[0]!.start, max: of.at(-1)!.end - 1 }),
            time: fc.record({ seconds: fc.integer({ min: 1, max: 4_000 }), estimatedSeconds: fc.constant(0) }),
            key: fc.constantFrom('a', 'b'),
          }),
          { maxLength: 30 },
        ),
      );
    });
    fc.assert(
      fc.property(zoned, ([of, list]) => {
        const stretches = stretchesOf(list.sort((a, b) => a.playedAt - b.playedAt));
        const music = { stretches, goesOn: false, carried: undefined };
        const parts = partsOf(of, music);
        expect(addTimes(parts.map(({ time }) => time))).toEqual(timeOf(stretches));
        expect(new Set(parts.flatMap(({ pieces }) => pieces.map(({ stretch }) => stretch)))).toEqual(
          new Set(stretches),
        );
        expect(piecesIn(of, music).map(({ stretch }) => stretch)).toEqual(stretches);
      }),
    );
  });

  it('show which hours at the two ends were silent', () => {
    expect(quietEnds(hours, piecesIn(hours, musicOf([at('07:42', 'a'), at('21:58', 'b', 10)])))).toEqual({
      until: 7,
      from: 23,
    });
    expect(quietEnds(hours, [])).toEqual({ until: 24, from: 0 });
  });
});
