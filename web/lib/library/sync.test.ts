import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReplicaStatus } from '../replica/types.ts';
import type { OptimisticState } from '#shared/mutations/optimisticState.ts';
import { PlaylistStore } from './playlists.ts';
import { SyncStore } from './sync.ts';
import { applied, mutation, refused, silent } from './testing/documents.ts';

const status = (change: Partial<ReplicaStatus> = {}): ReplicaStatus => ({
  connection: 'online',
  active: false,
  asking: false,
  progress: 1,
  firstSyncDone: true,
  caughtUp: {},
  lastInStepAt: 5,
  failure: null,
  held: null,
  bringBack: null,
  unsentPlaylists: {},
  unsentWords: {},
  refusedPlaylists: {},
  unreadable: {},
  ...change,
});

let sync: SyncStore;
let states: OptimisticState[];

beforeEach(() => {
  vi.useFakeTimers();
  states = [];
  const playlists = new PlaylistStore(silent());
  playlists.setDocuments({ documents: [{ id: 'p', name: 'Evening' } as never], removed: [] });
  sync = new SyncStore(
    silent(),
    playlists,
    (state) => states.push(state),
    () => undefined,
  );
});
afterEach(() => vi.useRealTimers());

describe('the sync state of a device', () => {
  it('is up to date, or syncing with progress, or with something to send', () => {
    sync.setStatus(status());
    expect([sync.state, sync.lastInStepAt]).toEqual(['in-step', 5]);
    sync.setStatus(status({ progress: 0.624 }));
    expect([sync.state, sync.progress]).toEqual(['syncing', 62]);
    sync.setStatus(status({ unsentPlaylists: { p: 9 } }));
    expect(sync.state).toBe('syncing');
    expect(sync.waiting).toEqual([{ id: 'p', kind: 'playlist', madeAt: 9, name: 'Evening' }]);
  });

  it('is syncing while the server takes long to say what is new, and up to date again once it has', () => {
    sync.setStatus(status({ asking: true }));
    expect([sync.state, sync.progress]).toEqual(['in-step', 100]);
    vi.advanceTimersByTime(2_000);
    sync.setStatus(status({ asking: true }));
    vi.advanceTimersByTime(1_000);
    expect([sync.state, sync.progress]).toEqual(['syncing', 99]);
    sync.setStatus(status());
    expect([sync.state, sync.progress]).toEqual(['in-step', 100]);
    vi.advanceTimersByTime(3_000);
    expect(sync.state).toBe('in-step');
  });

  it('is offline only when the server stays away, and no longer when it is back', () => {
    sync.setStatus(status());
    sync.setStatus(status({ connection: 'offline' }));
    expect(sync.state).toBe('in-step');
    vi.advanceTimersByTime(3_000);
    expect(sync.state).toBe('offline');
    sync.setStatus(status());
    expect(sync.state).toBe('in-step');
    sync.setStatus(status({ connection: 'offline' }));
    sync.setStatus(status());
    vi.advanceTimersByTime(3_000);
    expect(sync.state).toBe('in-step');
  });

  it('is never up to date while something waits, not even in the moments before the server’s absence is known', () => {
    sync.setStatus(status());
    sync.setStatus(status({ connection: 'offline', unsentPlaylists: { p: 9 } }));
    expect(sync.state).toBe('syncing');
  });

  it('is offline at once when the server was not there to begin with', () => {
    sync.setStatus(status({ connection: 'connecting' }));
    expect(sync.state).toBe('in-step');
    sync.setStatus(status({ connection: 'offline' }));
    expect(sync.state).toBe('offline');
  });

  it('lists what waits, last made first, and what was refused', () => {
    const waiting = mutation({ kind: 'rate-album', albumId: '1', rating: 3 });
    const about = { kind: 'album', id: '2', title: 'Flea Market', artist: 'Ulla Brandt' } as const;
    const bad = {
      ...mutation({ kind: 'note-album', albumId: '2', note: 'Bought in the rain' }, refused),
      targets: [about],
    };
    const done = mutation({ kind: 'rate-album', albumId: '3', rating: 3 }, applied(4));
    sync.setMutations({ documents: [waiting, bad, done], removed: [] });
    expect(sync.waiting.map(({ id }) => id)).toEqual([waiting.id]);
    expect(sync.refused).toEqual([
      {
        id: bad.id,
        kind: 'note-album',
        mutation: bad.intent,
        about: 'Flea Market – Ulla Brandt',
        words: 'Bought in the rain',
        reason: 'not-found',
        message: 'There is no such album',
      },
    ]);
    sync.setMutations({ documents: [], removed: [bad.id] });
    expect(sync.refused).toEqual([]);
    sync.setStatus(status({ refusedPlaylists: { p: { reason: 'bad-request', message: 'There is no track 9' } } }));
    expect(sync.refused).toEqual([
      { id: 'p', kind: 'playlist', name: 'Evening', reason: 'bad-request', message: 'There is no track 9' },
    ]);
    const gone = {
      name: 'Night',
      did: 'rename',
      words: 'Late night',
      reason: 'unknown-playlist',
      message: 'There is no such playlist',
    };
    sync.setStatus(status({ refusedPlaylists: { 'mutation.0': gone } }));
    expect(sync.refused).toEqual([{ id: 'mutation.0', kind: 'playlist', ...gone }]);
  });

  it('names what waits, also what is gone by now, what only this device has, and what is not in the replica yet', () => {
    const album = (id: string, title: string) => ({ kind: 'album', id, title, artist: 'Ulla Brandt' }) as const;
    const alias = '00000000-0000-4000-8000-0000000000aa';
    const rated = {
      ...mutation({ kind: 'rate-album', albumId: '2', rating: 3 }),
      targets: [album('2', 'Flea Market')],
    };
    const tracks = [1, 2].map(
      (id) => ({ kind: 'track', id, title: `Track ${id}`, artist: 'Ulla Brandt', album: 'Flea Market' }) as const,
    );
    const group = '00000000-0000-4000-8000-0000000000bb';
    const logged = {
      ...mutation({ kind: 'add-listens', group, playedAt: 9, tracks: [{ trackId: 1 }, { trackId: 2 }] }),
      targets: tracks,
    };
    const written = mutation({
      kind: 'add-record',
      alias,
      title: 'Kale',
      artists: ['Bo', 'Mara'],
      year: null,
      support: null,
    });
    const own = mutation({ kind: 'note-album', albumId: alias, note: 'Mine' });
    const takenBack = mutation({ kind: 'remove-listens', group });
    const unknown = mutation({ kind: 'rate-album', albumId: '9', rating: 3 });
    const late = mutation({ kind: 'rate-album', albumId: '7', rating: 3 });
    sync = new SyncStore(
      silent(),
      new PlaylistStore(silent()),
      () => undefined,
      () => undefined,
      ({ kind, ...of }) =>
        kind === 'rate-album' && 'albumId' in of && of.albumId === '7' ? [album('7', 'Seen since')] : [],
    );
    sync.setMutations({ documents: [rated, logged, written, own, takenBack, unknown, late], removed: [] });
    const names = new Map(sync.waiting.map(({ id, about }) => [id, about]));
    expect([rated, logged, written, own, takenBack, unknown, late].map(({ id }) => names.get(id))).toEqual([
      'Flea Market – Ulla Brandt',
      'Flea Market – Ulla Brandt',
      'Kale – Bo',
      'Kale – Bo',
      'Flea Market – Ulla Brandt',
      '',
      'Seen since – Ulla Brandt',
    ]);
    sync.setMutations({ documents: [], removed: [...names.keys()] });
    sync.setStatus(status({ unsentPlaylists: { gone: 8 }, unsentWords: { gone: { name: 'Night', did: 'delete' } } }));
    sync.setPending([
      {
        id: 'e',
        number: 1,
        at: 9,
        writes: [{ to: 'playlists', id: 'fresh', name: 'Morning', edit: { kind: 'delete' } }],
      },
    ]);
    expect(sync.waiting).toEqual([
      { id: 'fresh', kind: 'playlist', madeAt: 9, name: 'Morning', did: 'delete' },
      { id: 'gone', kind: 'playlist', madeAt: 8, name: 'Night', did: 'delete' },
    ]);
    expect(sync.state).toBe('syncing');
    sync.setPending([]);
    expect(sync.waiting.map(({ id }) => id)).toEqual(['gone']);
  });

  it('lays mutations anew only when which of them wait has changed', () => {
    const rated = mutation({ kind: 'rate-album', albumId: '1', rating: 3 });
    sync.setMutations({ documents: [rated], removed: [] });
    sync.setStatus(status({ progress: 0.5 }));
    expect(states).toHaveLength(1);
    expect(states[0]!.ratings.get('1')).toBe(3);
    sync.setMutations({ documents: [{ ...rated, verdict: applied(7) }], removed: [] });
    expect(states).toHaveLength(1);
    sync.setStatus(status({ caughtUp: { albums: 7 } }));
    expect(states[1]!.ratings.size).toBe(0);
  });
});
