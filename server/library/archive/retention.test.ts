import { describe, expect, test } from 'vitest';
import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
import { libraryForTest, listenTo, START } from '../testing/library.ts';

const DAY = 86_400;

describe('what falls out of the period', () => {
  test('whole days of the household’s calendar', () => {
    const { library } = libraryForTest({ timeZone: 'Europe/Paris' });
    const midnight = Date.parse('2022-11-13T23:00:00Z') / 1000;
    expect(library.retention.cutoff(365)).toBe(midnight);
    listenTo(library, { playedAt: midnight });
    expect(library.retention.waiting(365)).toBeNull();
    listenTo(library, { playedAt: midnight - 1 });
    expect(library.retention.waiting(365)).toEqual({ listens: 1, oldest: midnight - 1 });
  });

  test('nothing, when listens are kept for ever', () => {
    const { library } = libraryForTest();
    listenTo(library, { playedAt: START - 4_000 * DAY });
    expect(library.retention.waiting(0)).toBeNull();
    expect(library.retention.cutoff(0)).toBe(0);
  });

  test('never a play whose date is unknown', () => {
    const { library } = libraryForTest();
    listenTo(library, { playedAt: DATE_UNKNOWN });
    expect(library.retention.waiting(30)).toBeNull();
  });
});

describe('a person is asked', () => {
  test('the first time, and not once they have said', () => {
    const { library, setTime } = libraryForTest();
    listenTo(library, { playedAt: START - 400 * DAY });
    expect(library.retention.isDecided(365)).toBe(false);
    library.retention.decide(365);
    expect([library.retention.isDecided(365), library.retention.waiting(365)]).toEqual([true, null]);
    listenTo(library, { playedAt: START + 1 });
    for (let night = 0; night <= 400; night += 25) {
      setTime(START + night * DAY);
      expect(library.retention.waiting(365)).toBeNull();
      library.retention.reached();
    }
    expect(library.retention.cutoff(365)).toBeGreaterThan(START + 1);
  });

  test('when the period becomes another', () => {
    const { library } = libraryForTest();
    listenTo(library, { playedAt: START - 100 * DAY });
    library.retention.decide(365);
    expect(library.retention.waiting(30)).toMatchObject({ listens: 1 });
    expect(library.retention.isDecided(30)).toBe(false);
  });

  test('when the clock is years ahead, and not any more once it is right', () => {
    const { library, setTime } = libraryForTest();
    listenTo(library, { playedAt: START - 10 * DAY });
    library.retention.decide(365);
    library.retention.reached();
    setTime(START + 3_000 * DAY);
    expect(library.retention.waiting(365)).toEqual({
      listens: 1,
      oldest: START - 10 * DAY,
      clock: START + 3_000 * DAY,
    });
    expect(library.retention.isDecided(365)).toBe(false);
    setTime(START + DAY);
    expect([library.retention.waiting(365), library.retention.isDecided(365)]).toEqual([null, true]);
  });

  test('when the server was off for months, once', () => {
    const { library, setTime } = libraryForTest();
    listenTo(library, { playedAt: START });
    library.retention.decide(30);
    setTime(START + 90 * DAY);
    expect(library.retention.waiting(30)).toMatchObject({ listens: 1 });
    library.retention.decide(30);
    expect(library.retention.waiting(30)).toBeNull();
  });

  test('when an import brings listens that are too old already', () => {
    const { library, setTime } = libraryForTest();
    library.retention.decide(365);
    setTime(START + 10);
    listenTo(library, { playedAt: START - 100 * DAY, title: 'Ekko' });
    expect(library.retention.waiting(365)).toBeNull();
    listenTo(library, { playedAt: START - 700 * DAY });
    expect(library.retention.waiting(365)).toEqual({ listens: 1, oldest: START - 700 * DAY });
    setTime(START + 20);
    library.retention.decide(365);
    expect(library.retention.waiting(365)).toBeNull();
  });

  test('when an archive was brought back: it is not taken away again the next night', async () => {
    const { library, setTime } = libraryForTest();
    listenTo(library, { playedAt: START - 700 * DAY });
    library.retention.decide(365);
    await library.archive.removeBefore(library.retention.cutoff(365), {});
    setTime(START + DAY);
    const [item] = await library.archive.list();
    await library.archive.restore(item!.name, {});
    expect(library.retention.waiting(365)).toMatchObject({ listens: 1 });
  });
});
