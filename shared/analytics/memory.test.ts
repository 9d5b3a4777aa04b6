import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyHistory, anyPeriod, historyOf } from '#tests/arbitraries/analysis.ts';
import { albumDocument } from '#tests/arbitraries/library.ts';
import { at, listenAt } from '#tests/arbitraries/listen.ts';
import {
  anyArchivedHistory,
  anyHistoryAndPeriod,
  countBy,
  playsIn,
  type Play,
  timeOf,
} from '#tests/arbitraries/plays.ts';
import { Analysis } from './analysis.ts';
import { comebacks } from './comebacks.ts';
import { discoveries } from './discoveries.ts';
import { onThisDay } from './onThisDay.ts';
import { ALL_TIME } from './period.ts';
import { longestSession, sessions } from './sessions.ts';

describe('what is remembered', () => {
  it('recognises new ones among those known', () => {
    fc.assert(
      fc.property(anyHistory(), anyPeriod, (history, period) => {
        const ever = playsIn(history, ALL_TIME).filter(({ track }) => track !== undefined);
        const isNew = (concerns: (play: Play) => boolean): boolean => {
          const heard = ever.filter(concerns);
          return (
            heard.length > 0 &&
            heard.every(({ dated, listen }) => dated && listen.playedAt >= period.from) &&
            heard[0]!.listen.playedAt < period.to
          );
        };
        const plays = playsIn(history, period);
        const known = plays.filter(({ track }) => track !== undefined);
        const newOnes = <K>(keys: K[], concerns: (play: Play, key: K) => boolean): K[] =>
          [...new Set(keys)].filter((key) => isNew((play) => concerns(play, key)));
        const artists = newOnes(
          known.flatMap((play) => play.artists),
          (play, artist) => play.artists.includes(artist),
        );
        const toNew = known.filter((play) => play.artists.some((artist) => artists.includes(artist))).length;
        const found = discoveries(history.analysis, period, 100);
        expect(found).toMatchObject({
          tracks: newOnes(
            known.map(({ track }) => track!.id),
            (play, id) => play.track!.id === id,
          ).length,
          albums: newOnes(
            known.flatMap(({ group }) => group ?? []),
            (play, group) => play.group === group,
          ).length,
          artists: artists.length,
          listensToNew: toNew,
          listensToKnown: plays.length - toNew,
        });
        expect(found.newArtists.map(({ artistId, listens, firstHeard }) => [artistId, listens, firstHeard])).toEqual(
          [...countBy(known.flatMap((play) => play.artists))]
            .filter(([artist]) => artists.includes(artist))
            .sort((a, b) => b[1] - a[1] || Number(a[0]) - Number(b[0]))
            .map(([artist, listens]) => [
              artist,
              listens,
              ever.find((play) => play.artists.includes(artist))!.listen.playedAt,
            ]),
        );
        expect(found.newAlbums).toHaveLength(found.albums);
      }),
    );
  });

  it('takes nothing for new that the archive knows', () => {
    fc.assert(
      fc.property(anyArchivedHistory(), (history) => {
        const { calendar } = history.analysis;
        const period = { from: calendar.dayStart('2025-01-01'), to: Infinity };
        const before = playsIn(history, { from: -Infinity, to: period.from }).flatMap((play) => play.artists);
        const since = playsIn(history, period).flatMap((play) => play.artists);
        const found = discoveries(history.analysis, period, 100).newArtists.map(({ artistId }) => artistId);
        expect(found.sort()).toEqual([...new Set(since)].filter((artist) => !before.includes(artist)).sort());
      }),
    );
  });

  it('notices who comes back after months of silence', () => {
    fc.assert(
      fc.property(anyHistory(), anyPeriod, fc.constantFrom(1, 4, 12), (history, period, months) => {
        const plays = playsIn(history, ALL_TIME).filter(({ dated }) => dated);
        const expected = [1, 2, 3, 4, 5, 6].map(String).flatMap((artistId) => {
          const times = plays.filter((play) => play.artists.includes(artistId)).map(({ listen }) => listen.playedAt);
          const gaps = times.slice(1).map((returnedAt, index) => ({ artistId, lastHeard: times[index]!, returnedAt }));
          return gaps
            .filter(({ lastHeard, returnedAt }) => returnedAt - lastHeard >= months * 2_629_746)
            .filter(({ returnedAt }) => returnedAt >= period.from && returnedAt < period.to)
            .sort((a, b) => b.returnedAt - b.lastHeard - (a.returnedAt - a.lastHeard))
            .slice(0, 1);
        });
        const found = comebacks(history.analysis, period, months);
        expect(found.map(({ artistId, lastHeard, returnedAt }) => ({ artistId, lastHeard, returnedAt }))).toEqual(
          expected.sort((a, b) => b.returnedAt - b.lastHeard - (a.returnedAt - a.lastHeard)),
        );
        for (const { artistId, listens } of found) {
          expect(listens).toBe(playsIn(history, period).filter((play) => play.artists.includes(artistId)).length);
        }
      }),
    );
  });

  it('measures a silence from and to archived months', () => {
    const album = albumDocument('1', { artists: [{ id: '1', name: 'Ilsa' }], tracks: [{ id: 1, title: 'x' }] });
    const { analysis } = historyOf(
      { albums: [album], artists: [], tracks: [] },
      [listenAt('2024-06-10T12:00:00Z', 1)],
      'UTC',
    );
    const once: [number, number][] = [[1, 1]];
    const rollup = {
      listens: 1,
      seconds: 0,
      tracks: once,
      albums: [],
      artists: [],
      weekHours: [],
      days: [],
      sources: {},
      zones: {},
    };
    const rollups = [
      { ...rollup, id: '2021-01' },
      { ...rollup, id: '2023-03' },
    ];
    const { journal, library, calendar } = analysis;
    const archived = new Analysis({ journal, library, calendar, rollups });
    expect(comebacks(archived, ALL_TIME)).toEqual([
      {
        artistId: '1',
        name: 'Ilsa',
        lastHeard: at('2021-01-31T23:59:59Z'),
        returnedAt: at('2023-03-01T00:00:00Z'),
        listens: 3,
      },
    ]);
    expect(comebacks(archived, { from: at('2024-01-01T00:00:00Z'), to: Infinity })).toMatchObject([
      { lastHeard: at('2023-03-31T23:59:59Z'), returnedAt: at('2024-06-10T12:00:00Z') },
    ]);
  });

  it('finds the same day in other years', () => {
    fc.assert(
      fc.property(
        anyHistoryAndPeriod,
        fc.constantFrom('2026-03-29', '2025-03-30', '2025-01-28', '2024-02-29'),
        ([history], day) => {
          const plays = playsIn(history, ALL_TIME).filter(
            (play) => play.dated && play.day.slice(5) === day.slice(5) && play.day !== day,
          );
          const expected = [...countBy(plays.map((play) => play.day))].sort(([a], [b]) => (a < b ? 1 : -1));
          const found = onThisDay(history.analysis, day);
          expect(found.map((same) => [same.day, same.listens])).toEqual(expected);
          for (const { rows, listens, day: its } of found) {
            expect(rows[1] - rows[0]).toBeLessThanOrEqual(listens);
            for (let row = rows[0]; row < rows[1]; row++) {
              expect(history.analysis.calendar.dayKey(history.analysis.journal.time[row]!)).toBe(its);
            }
          }
        },
      ),
    );
  });

  it('knows 29 February in leap years only, and no date that does not exist', () => {
    const listens = [listenAt('2023-03-01T12:00:00Z', 1), listenAt('2024-02-29T12:00:00Z', 2)];
    const { analysis } = historyOf(
      { albums: [albumDocument('1', { tracks: [{ id: 1, title: 'x' }] })], artists: [], tracks: [] },
      listens,
      'UTC',
    );
    expect(onThisDay(analysis, '2028-02-29')).toMatchObject([
      { day: '2024-02-29', listens: 1, rows: [1, 2], album: { albumId: '1' } },
    ]);
    expect(() => onThisDay(analysis, '2026-02-29')).toThrow(RangeError);
    expect(onThisDay(historyOf({ albums: [], artists: [], tracks: [] }, [], 'UTC').analysis, '2026-02-28')).toEqual([]);
  });

  it('cuts listening into sessions at its silences', () => {
    fc.assert(
      fc.property(anyHistory(), anyPeriod, fc.constantFrom(60, 1200, 7200), (history, period, gap) => {
        const expected: { start: number; end: number; ids: number[]; estimatedSeconds: number }[] = [];
        for (const play of playsIn(history, period)) {
          if (!play.dated) continue;
          const { id, playedAt } = play.listen;
          const last = expected.at(-1);
          const { seconds, estimatedSeconds } = timeOf(history, [play]);
          const end = playedAt + seconds;
          if (!last || playedAt - last.end > gap) expected.push({ start: playedAt, end, ids: [id], estimatedSeconds });
          else {
            if (end > last.end) Object.assign(last, { end, estimatedSeconds });
            last.ids.push(id);
          }
        }
        const { journal } = history.analysis;
        const found = sessions(history.analysis, period, gap);
        expect(
          found.map(({ start, end, listens, estimatedSeconds }) => [start, end, listens, estimatedSeconds]),
        ).toEqual(expected.map(({ start, end, ids, estimatedSeconds }) => [start, end, ids.length, estimatedSeconds]));
        found.forEach(({ rows }, index) => expect([...journal.id.subarray(...rows)]).toEqual(expected[index]!.ids));
        const longest = Math.max(0, ...expected.map(({ start, end }) => end - start));
        expect(longestSession(history.analysis, period, gap)).toEqual(
          found.find(({ start, end }) => end - start === longest) ?? null,
        );
      }),
    );
  });
});
