import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { historyOf } from '#tests/arbitraries/analysis.ts';
import { albumDocument } from '#tests/arbitraries/library.ts';
import { anyHistoryAndPeriod, countBy, playsIn, timeOf } from '#tests/arbitraries/plays.ts';
import { breakdown, BreakdownKinds, type BreakdownKind } from './breakdowns.ts';
import { compareOverview, overview } from './overview.ts';
import { neverPlayed, ownership } from './ownership.ts';
import { ALL_TIME } from './period.ts';
import { largest } from './ranking.ts';
import { topAlbums, topArtists, topTracks } from './tops.ts';

const byCountThenId = (a: [string, number], b: [string, number]): number => b[1] - a[1] || Number(a[0]) - Number(b[0]);

describe('a period in figures', () => {
  it('counts what a slow look counts', () => {
    fc.assert(
      fc.property(anyHistoryAndPeriod, ([history, period]) => {
        const plays = playsIn(history, period);
        const known = plays.filter(({ track }) => track !== undefined);
        const distinct = (keys: unknown[]): number => new Set(keys).size;
        expect(overview(history.analysis, period)).toEqual({
          listens: plays.length,
          ...timeOf(history, plays),
          withoutDuration: plays.filter(({ track }) => !track?.durationSeconds).length,
          tracks: distinct(known.map(({ track }) => track!.id)),
          lovedTracks: distinct(known.filter(({ track }) => track!.loved).map(({ track }) => track!.id)),
          albums: distinct(known.flatMap(({ group }) => group ?? [])),
          artists: distinct(known.flatMap(({ artists }) => artists)),
          days: distinct(plays.filter(({ dated }) => dated).map(({ day }) => day)),
        });
      }),
    );
  });

  it('stands beside the period before it, where there is one', () => {
    const listens = [10, 20, 31, 40].map((day, index) => ({
      id: index + 1,
      playedAt: Date.UTC(2026, 0, day) / 1000,
      trackId: 1,
      ownerId: 1,
      source: 'lastfm' as const,
      witnesses: 1,
    }));
    const library = { albums: [albumDocument('1', { tracks: [{ id: 1, title: 'x' }] })], artists: [], tracks: [] };
    const { analysis } = historyOf(library, listens, 'UTC');
    const february = { from: Date.UTC(2026, 1, 1) / 1000, to: Date.UTC(2026, 2, 1) / 1000 };
    const { now, before } = compareOverview(analysis, february, Date.UTC(2026, 5, 1) / 1000);
    expect([now.listens, before?.listens]).toEqual([1, 3]);
    expect(compareOverview(analysis, ALL_TIME, 0)).toMatchObject({ now: { listens: 4 }, before: null });
  });

  it('takes up a changed library', () => {
    const library = { albums: [albumDocument('1', { tracks: [{ id: 1, title: 'x' }] })], artists: [], tracks: [] };
    const listen = { id: 1, playedAt: 1_700_000_000, trackId: 2, ownerId: 2, source: 'lastfm' as const, witnesses: 1 };
    const { analysis } = historyOf(library, [listen], 'UTC');
    expect(overview(analysis, ALL_TIME)).toMatchObject({ listens: 1, albums: 0 });
    analysis.library.setAlbum(albumDocument('2', { tracks: [{ id: 2, title: 'y' }] }));
    expect(overview(analysis, ALL_TIME)).toMatchObject({ listens: 1, albums: 1 });
    analysis.library.removeAlbum('2');
    expect(overview(analysis, ALL_TIME)).toMatchObject({ listens: 1, albums: 0, tracks: 0 });
  });
});

describe('the tops', () => {
  it('rank artists, tracks and groups of pressings as a slow look ranks them', () => {
    fc.assert(
      fc.property(anyHistoryAndPeriod, fc.constantFrom(1, 3, 2000), ([history, period], limit) => {
        const known = playsIn(history, period).filter(({ track }) => track !== undefined);
        const artists = [...countBy(known.flatMap((play) => play.artists))].sort(byCountThenId).slice(0, limit);
        expect(topArtists(history.analysis, period, limit)).toEqual(
          artists.map(([artistId, listens]) => ({ artistId, name: `Artist ${artistId}`, listens })),
        );
        const tracks = [...countBy(known.map(({ track }) => String(track!.id)))].sort(byCountThenId).slice(0, limit);
        expect(
          topTracks(history.analysis, period, limit).map(({ trackId, listens }) => [String(trackId), listens]),
        ).toEqual(tracks);

        const perAlbum = countBy(known.flatMap(({ album }) => album?.id ?? []));
        const groups = [...countBy(known.flatMap(({ group }) => group ?? []))].map(
          ([group, listens]): [string, number] => {
            const pressings = history.albums.filter((album) => (album.masterId ?? `album ${album.id}`) === group);
            const counted = pressings.map(({ id }): [string, number] => [id, perAlbum.get(id) ?? 0]);
            return [counted.sort(byCountThenId)[0]![0], listens];
          },
        );
        expect(topAlbums(history.analysis, period, limit).map(({ albumId, listens }) => [albumId, listens])).toEqual(
          groups.sort(byCountThenId).slice(0, limit),
        );
      }),
    );
  });

  it('name every other pressing of an album', () => {
    const pressing = (id: string, track: number) =>
      albumDocument(id, { masterId: '7', tracks: [{ id: track, title: 'x' }] });
    const listen = { id: 1, playedAt: 1_700_000_000, trackId: 2, ownerId: 2, source: 'lastfm' as const, witnesses: 1 };
    const { analysis } = historyOf(
      { albums: [pressing('10', 1), pressing('2', 2), pressing('3', 3)], artists: [], tracks: [] },
      [listen],
      'UTC',
    );
    expect(topAlbums(analysis, ALL_TIME, 5)).toEqual([
      { albumId: '2', title: 'Album 2', artists: [], listens: 1, otherPressings: ['3', '10'] },
    ]);
  });

  it('of any counts are the largest, as sorting finds them', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: 4 })), fc.nat({ max: 12 }), (counts, limit) => {
        const sorted = counts
          .map((_, place) => place)
          .filter((place) => counts[place]! > 0)
          .sort((a, b) => counts[b]! - counts[a]! || b - a);
        expect(largest(counts, limit, (a, b) => b - a)).toEqual(sorted.slice(0, limit));
      }),
    );
  });
});

describe('the shares', () => {
  it('split the listens of a period as a slow look splits them', () => {
    fc.assert(
      fc.property(anyHistoryAndPeriod, ([history, period]) => {
        const plays = playsIn(history, period);
        const keys: Record<BreakdownKind, (play: (typeof plays)[number]) => string[]> = {
          decade: ({ group }) => {
            const pressings = history.albums.filter((album) => (album.masterId ?? `album ${album.id}`) === group);
            const years = pressings.flatMap(({ year }) => year ?? []);
            return years.length > 0 ? [`${String(Math.min(...years)).slice(0, 3)}0`] : [];
          },
          genre: ({ album }) => album?.genres ?? [],
          style: ({ album }) => album?.styles ?? [],
          label: ({ album }) => album?.labels.map(({ name }) => name) ?? [],
          support: ({ album }) => (album?.support ? [album.support] : []),
          source: ({ listen }) => [listen.source],
          zone: ({ listen }) => (listen.zone === undefined ? [] : [listen.zone]),
        };
        for (const kind of BreakdownKinds) {
          const expected = countBy(
            plays.flatMap((play): (string | null)[] => (keys[kind](play).length > 0 ? keys[kind](play) : [null])),
          );
          const shares = breakdown(history.analysis, period, kind);
          expect(new Map(shares.map(({ key, listens }) => [key, listens]))).toEqual(expected);
          expect(shares.map(({ listens }) => listens)).toEqual([...expected.values()].sort((a, b) => b - a));
        }
      }),
    );
  });

  it('separate what is in the collection from what is not, and what was never played of it', () => {
    fc.assert(
      fc.property(anyHistoryAndPeriod, ([history, period]) => {
        const groupOf = (id: string): string =>
          history.albums.filter((each) => each.id === id).map((each) => each.masterId ?? `album ${id}`)[0]!;
        const isOwned = ({ copies }: (typeof history.albums)[number]): boolean => copies.length > 0;
        const supports = playsIn(history, period).map(({ album, group }) => {
          if (!album) return 'streamed';
          const owned = isOwned(album)
            ? album
            : history.albums.find((each) => groupOf(each.id) === group && isOwned(each));
          return owned ? { support: owned.support } : 'streamed';
        });
        const split = ownership(history.analysis, period);
        expect(split.streamed).toBe(supports.filter((support) => support === 'streamed').length);
        expect(new Map(split.owned.map(({ support, listens }) => [support, listens]))).toEqual(
          countBy(supports.flatMap((support) => (typeof support === 'string' ? [] : [support.support]))),
        );
        const heard = new Set(playsIn(history, ALL_TIME).map(({ group }) => group));
        expect(neverPlayed(history.analysis)).toEqual(
          history.albums.filter((album) => isOwned(album) && !heard.has(groupOf(album.id))).map(({ id }) => id),
        );
      }),
    );
  });
});
