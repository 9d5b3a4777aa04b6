import * as v from 'valibot';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyHistory, historyOf } from '#tests/arbitraries/analysis.ts';
import { albumDocument } from '#tests/arbitraries/library.ts';
import { playsIn } from '#tests/arbitraries/plays.ts';
import type { Listen } from '../journal/listen.ts';
import { DATE_UNKNOWN } from '../primitives/moments.ts';
import { Analysis } from './analysis.ts';
import { computeRollups } from './computeRollups.ts';
import { overview } from './overview.ts';
import { MonthlyRollup } from './rollup.ts';
import { listensPer } from './series.ts';
import { withoutPlay } from './withoutPlay.ts';

const at = (iso: string): number => Date.parse(iso) / 1000;
const sum = (counts: Iterable<number>): number => [...counts].reduce((total, count) => total + count, 0);

describe('monthly rollups', () => {
  it('count the listens of each month of the calendar', () => {
    fc.assert(
      fc.property(anyHistory(), (history) => {
        const { library, calendar } = history.analysis;
        const rollups = computeRollups(history.listens, library, calendar);
        for (const rollup of rollups) {
          expect(v.parse(MonthlyRollup, JSON.parse(JSON.stringify(rollup)))).toEqual(rollup);
          const plays = playsIn(history, { from: -Infinity, to: Infinity }).filter(({ day }) =>
            day.startsWith(rollup.id),
          );
          const dated = plays.filter(({ dated: known }) => known).length;
          expect(rollup.listens).toBe(plays.length);
          expect(sum(rollup.tracks.map(([, listens]) => listens))).toBe(plays.length);
          expect(sum(rollup.days)).toBe(dated);
          expect(sum(rollup.weekHours)).toBe(dated);
          expect(sum(Object.values(rollup.sources))).toBe(plays.length);
          expect(rollup.seconds).toBe(sum(plays.map(({ track }) => track?.durationSeconds ?? 0)));
          expect(rollup.tracks).toEqual([...rollup.tracks].sort((a, b) => b[1] - a[1] || a[0] - b[0]));
        }
        expect(sum(rollups.map(({ listens }) => listens))).toBe(history.listens.length);
        expect(rollups.map(({ id }) => id)).toEqual([...new Set(rollups.map(({ id }) => id))].sort());
      }),
    );
  });

  it('are nothing once each of their plays was taken out, in whatever order', () => {
    fc.assert(
      fc.property(anyHistory(), fc.func(fc.integer()), (history, place) => {
        const { library, calendar } = history.analysis;
        const [rollup] = computeRollups(history.listens, library, calendar);
        if (rollup === undefined) return;
        const plays = history.listens.filter(({ playedAt }) => calendar.monthKey(playedAt) === rollup.id);
        const alone = plays
          .map((play) => ({ play, place: place(play.id) }))
          .sort((a, b) => a.place - b.place)
          .map(({ play }) => computeRollups([play], library, calendar)[0]!);
        const left = alone.reduce<MonthlyRollup | undefined>((from, one) => from && withoutPlay(from, one), rollup);
        expect(left).toMatchObject({
          listens: 0,
          seconds: 0,
          tracks: [],
          albums: [],
          artists: [],
          sources: {},
          zones: {},
        });
        expect([sum(left!.days), sum(left!.weekHours)]).toEqual([0, 0]);
        expect(withoutPlay(left!, alone[0]!)).toBeUndefined();
      }),
    );
  });

  it('count in the months that a period contains whole, and by the day in the others', () => {
    const album = albumDocument('1', {
      artists: [{ id: '5', name: 'Ilsa' }],
      tracks: [{ id: 1, title: 'x', durationSeconds: 100 }],
    });
    const listen = (iso: string, id: number): Listen => ({
      id,
      playedAt: at(iso),
      trackId: 1,
      ownerId: 1,
      source: 'roon',
      zone: 'Salon',
      witnesses: 1,
    });
    const archived = [
      listen('2024-03-05T12:00:00Z', 1),
      listen('2024-03-20T12:00:00Z', 2),
      listen('2024-04-02T12:00:00Z', 3),
    ];
    const { analysis } = historyOf(
      { albums: [album], artists: [], tracks: [] },
      [listen('2024-06-01T12:00:00Z', 4)],
      'UTC',
    );
    const { journal, library, calendar } = analysis;
    const rollups = computeRollups(archived, library, calendar);
    expect(rollups[0]).toMatchObject({
      id: '2024-03',
      seconds: 200,
      albums: [[1, 2]],
      artists: [[5, 2]],
      sources: { roon: 2 },
      zones: { Salon: 2 },
    });
    const all = new Analysis({ journal, library, calendar, rollups });
    const since = (from: string) => ({ from: at(from), to: Infinity });
    expect(overview(all, since('2024-03-01T00:00:00Z'))).toMatchObject({ listens: 4, seconds: 400, days: 4 });
    // Which track was heard in a month that is in it only in part is not known: four minutes.
    expect(overview(all, since('2024-03-10T00:00:00Z'))).toMatchObject({
      listens: 3,
      seconds: 440,
      estimatedSeconds: 240,
      days: 3,
    });
    expect(overview(all, since('2024-04-03T00:00:00Z'))).toMatchObject({ listens: 1, days: 1 });
    expect(listensPer(all, 'month', since('2024-03-10T00:00:00Z')).map(({ listens }) => listens)).toEqual([1, 1, 0, 1]);
  });

  it('put listens at an unknown date on no day', () => {
    const { analysis } = historyOf({ albums: [], artists: [], tracks: [] }, [], 'UTC');
    const listen: Listen = { id: 1, playedAt: DATE_UNKNOWN, trackId: 7, ownerId: -3, source: 'lastfm', witnesses: 1 };
    const [rollup] = computeRollups([listen], analysis.library, analysis.calendar);
    expect(rollup).toMatchObject({ id: '2005-02', listens: 1, tracks: [[7, 1]], albums: [], artists: [[3, 1]] });
    expect([sum(rollup!.days), sum(rollup!.weekHours)]).toEqual([0, 0]);
  });
});
