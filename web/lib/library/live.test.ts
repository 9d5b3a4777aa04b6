import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { NowPlaying } from '#shared/sync/stream.ts';
import type { NamedTrack } from '#shared/mutations/optimisticState.ts';
import { Catalogue } from './catalogue.ts';
import { LiveStore } from './live.ts';
import { NO_MUTATIONS } from './optimisticState.ts';
import { album, artist, silent, track } from './testing/documents.ts';
import { TrackStore } from './tracks.ts';
import type { AtTurntable } from './turntable.ts';

const item = (change: Partial<NowPlaying> = {}): NowPlaying => ({
  place: 'roon:1',
  source: 'roon',
  state: 'playing',
  title: 'Gate',
  artist: 'The Alders',
  album: null,
  durationSeconds: 200,
  positionSeconds: 10,
  at: 0,
  ...change,
});

let live: LiveStore;
let ticks: number;
let catalogue: Catalogue;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  ticks = 0;
  catalogue = new Catalogue(silent());
  catalogue.setAlbums({
    documents: [album('1', 'One', { tracks: [track(11, 'Gate', { loved: true })] })],
    removed: [],
  });
  const incomplete = { complete: false } as never;
  const tracks = new TrackStore(catalogue, incomplete, incomplete, incomplete);
  const tick = { track: () => undefined, bump: () => void ticks++ };
  live = new LiveStore(
    { changed: silent(), tick },
    catalogue,
    () => Date.now(),
    (id) => tracks.get(id),
  );
});
afterEach(() => vi.useRealTimers());

const play = (...items: NowPlaying[]): void => live.heard({ event: 'now-playing', data: { items } });

it('notifies that what the server has may be another: when it says so, when work has ended, and when it is reached anew', () => {
  const moves = (...[event]: Parameters<LiveStore['heard']>) => {
    const before = live.moved;
    live.heard(event);
    return live.moved - before;
  };
  const work = { work: 'job:backup_database', done: 1, total: 1 };
  expect(moves({ event: 'facts', data: { at: 1 } })).toBe(1);
  expect(moves({ event: 'progress', data: { ...work, state: 'done' } })).toBe(1);
  expect(moves({ event: 'hello', data: { epoch: 'e', serverTime: 1, protocol: 1, at: 1 } })).toBe(1);
  expect(moves({ event: 'progress', data: { ...work, state: 'running' } })).toBe(0);
  expect(moves({ event: 'now-playing', data: { items: [] } })).toBe(0);
});

it('no longer says that work goes on once the server is reached anew, unless the server says so again', () => {
  live.heard({ event: 'progress', data: { work: 'playlist:1', state: 'running', done: 3, total: 25 } });
  live.heard({ event: 'progress', data: { work: 'playlist:2', state: 'failed', done: 0, total: null } });
  live.heard({ event: 'hello', data: { epoch: 'e', serverTime: 1, protocol: 1, at: 1 } });
  expect(Object.keys(live.progress)).toEqual(['playlist:2']);
});

it('holds what the server reports of itself, all of it each time', () => {
  live.heard({ event: 'health', data: { conditions: [{ code: 'disk-full' }, { code: 'tracker-frozen', since: 5 }] } });
  expect(live.conditions.map(({ code }) => code)).toEqual(['disk-full', 'tracker-frozen']);
  live.heard({ event: 'health', data: { conditions: [] } });
  expect(live.conditions).toEqual([]);
});

describe('what plays now', () => {
  it('moves on by itself while it plays, and not while it is paused', () => {
    play(item(), item({ place: 'roon:2', state: 'paused' }));
    vi.advanceTimersByTime(5_500);
    expect(live.nowPlaying.map(({ positionSeconds }) => positionSeconds)).toEqual([15, 10]);
    expect(ticks).toBe(5);
  });

  it('stops at its end, leaves a little later, and the clock stops with it', () => {
    play(item());
    vi.advanceTimersByTime(195_000);
    expect(live.nowPlaying[0]?.positionSeconds).toBe(200);
    vi.advanceTimersByTime(60_000);
    expect(live.nowPlaying).toEqual([]);
    const before = ticks;
    vi.advanceTimersByTime(60_000);
    expect(ticks).toBe(before);
  });

  it('leaves after a while when nobody knows its length', () => {
    play(item({ durationSeconds: null, positionSeconds: null }));
    vi.advanceTimersByTime(10 * 60_000);
    expect(live.nowPlaying[0]?.positionSeconds).toBeNull();
    vi.advanceTimersByTime(6 * 60_000);
    expect(live.nowPlaying).toEqual([]);
  });

  it('knows the library’s own album and love', () => {
    play(item({ albumId: '1', trackId: 11 }));
    expect(live.nowPlaying[0]).toMatchObject({ loved: true, albumEntry: { title: 'One' } });
  });

  describe('of a record that comes while it plays', () => {
    const cover = { id: 7, source: 'discogs', type: 'album' } as const;
    const shown = () => live.nowPlaying[0]?.albumEntry;

    it('shows the cover as soon as there is one', () => {
      play(item({ albumId: '2' }));
      expect(shown()).toBeUndefined();
      catalogue.setAlbums({ documents: [album('2')], removed: [] });
      expect(shown()).toMatchObject({ id: '2', imageId: null });
      catalogue.setAlbums({ documents: [album('2', 'Two', { images: [cover] })], removed: [] });
      expect(shown()).toMatchObject({ id: '2', imageId: 7 });
    });

    it('shows the cover also where the track was known before as one of no record', () => {
      catalogue.setArtists({ documents: [artist('1', 'The Alders', { tracks: [track(21)] })], removed: [] });
      play(item({ trackId: 21 }));
      expect(shown()).toBeUndefined();
      catalogue.setAlbums({ documents: [album('2', 'Two', { tracks: [track(21)], images: [cover] })], removed: [] });
      expect(shown()).toMatchObject({ id: '2', imageId: 7 });
    });

    it('shows the cover also of the record that it became one with', () => {
      catalogue.setAlbums({ documents: [album('2')], removed: [] });
      play(item({ albumId: '2' }));
      const merged = [{ id: '2', title: 'Two', reason: 'same-record' }];
      catalogue.setAlbums({ documents: [album('3', 'Three', { merged, images: [cover] })], removed: ['2'] });
      expect(shown()).toMatchObject({ id: '3', imageId: 7 });
    });

    it('shows the same of what is played at the turntable by its names', () => {
      const named = {
        title: 'Gate',
        artist: 'The Alders',
        albumId: '2',
        time: { seconds: 200, estimatedSeconds: 0 },
      } as NamedTrack;
      catalogue.setOptimistic({ ...NO_MUTATIONS, named: new Map([[-1, named]]) });
      const session = { id: 'a', playedAt: 0, tracks: [{ trackId: -1, seconds: 200 }], moves: [], logged: [] };
      live.setTurntable([{ session, place: 0, from: 0, state: 'playing', pauses: [] } as unknown as AtTurntable]);
      expect(shown()).toBeUndefined();
      const merged = [{ id: '2', title: 'Two', reason: 'same-record' }];
      catalogue.setAlbums({ documents: [album('3', 'Three', { merged, images: [cover] })], removed: [] });
      expect(shown()).toMatchObject({ id: '3', imageId: 7 });
      expect(catalogue.ownerOf(-1)).toBe(3);
    });
  });

  it('ends when the server says that nothing plays', () => {
    play(item());
    play();
    expect(live.nowPlaying).toEqual([]);
  });
});

describe('work and words', () => {
  it('are indexed by name and album', () => {
    live.heard({ event: 'progress', data: { work: 'backfill', state: 'running', done: 3, total: 10 } });
    live.heard({ event: 'words', data: { albumId: '1', text: 'A haiku', done: false } });
    expect(live.progress.backfill).toMatchObject({ done: 3 });
    expect(live.albumText('1')).toMatchObject({ text: 'A haiku', done: false });
    expect(live.albumText('2')).toBeUndefined();
  });
});
