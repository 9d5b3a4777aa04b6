import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { trackToPlay, type TurntableSession } from '#shared/journal/turntable.ts';
import type { MutationDocument } from '#shared/mutations/document.ts';
import type { Mutation } from '#shared/mutations/registry.ts';
import { optimisticStateOf } from './optimisticState.ts';
import { mutation } from './testing/documents.ts';
import { type AtTurntable, type TurntableListens, TurntableStore } from './turntable.ts';

const GROUP = '11111111-1111-4111-8111-111111111111';
const AT = 1_800_000_000;
const tracks = [1, 2, 3].map((trackId) => ({
  trackId,
  durationSeconds: 200,
  ...(trackId === 3 && { begins: { side: 'B' } }),
}));
const serverSession = (more: Partial<TurntableSession> = {}): TurntableSession => ({
  id: GROUP,
  playedAt: AT,
  tracks: tracks.map(trackToPlay),
  moves: [],
  logged: [],
  ...more,
});
const said = (wanted: Mutation): MutationDocument => ({ ...mutation(wanted), madeAt: Date.now() });
const begun = () => said({ kind: 'add-listens', group: GROUP, playedAt: AT, tracks });
const lift = (undone?: true) =>
  said({
    kind: 'move-needle',
    group: GROUP,
    move: {
      id: '22222222-2222-4222-8222-222222222222',
      act: 'lift',
      at: Math.floor(Date.now() / 1000),
      place: 0,
      ...(undone && { undone }),
    },
  });

let store: TurntableStore;
let playing: readonly AtTurntable[];
let listens: TurntableListens;

beforeEach(() => {
  vi.useFakeTimers({ now: AT * 1_000 });
  [playing, listens] = [[], { added: [], takenBack: [] }];
  store = new TurntableStore(
    () => Date.now(),
    (now, due) => ([playing, listens] = [now, due]),
  );
});
afterEach(() => vi.useRealTimers());

const pass = (seconds: number) => vi.advanceTimersByTime(seconds * 1_000 + 2);
const added = () => listens.added.map(({ trackId, playedAt }) => [trackId, playedAt - AT]);

it('plays what was begun here, and shows each listen when its time has come', () => {
  store.setOptimistic(optimisticStateOf([begun()], {}));
  expect(playing).toMatchObject([{ place: 0, state: 'playing' }]);
  expect(added()).toEqual([]);
  pass(100);
  expect(added()).toEqual([[1, 0]]);
  pass(310);
  expect(playing).toMatchObject([{ place: 2, state: 'turning', from: AT + 430 }]);
  expect(added()).toEqual([
    [1, 0],
    [2, 200],
  ]);
  pass(300);
  expect(playing).toEqual([]);
  expect(added()).toEqual([
    [1, 0],
    [2, 200],
    [3, 430],
  ]);
});

it('shows what came due while the app was closed', () => {
  const early = begun();
  vi.setSystemTime((AT + 9_000) * 1_000);
  store.setOptimistic(optimisticStateOf([early], {}));
  expect(added()).toEqual([
    [1, 0],
    [2, 200],
    [3, 430],
  ]);
  expect(playing).toEqual([]);
});

it('shows no listen that the journal has, and none twice that the server writes while it is on its way', () => {
  store.set([serverSession()]);
  store.setOptimistic(optimisticStateOf([begun()], {}));
  pass(100);
  expect(added()).toEqual([[1, 0]]);
  store.set([serverSession({ logged: [0] })]);
  expect(added()).toEqual([[1, 0]]);
  pass(3);
  expect(added()).toEqual([]);
});

it('ends where the needle is lifted here, goes on when that is undone, and hides what is taken back', () => {
  store.set([serverSession({ logged: [0] })]);
  pass(150);
  const lifted = lift();
  store.setOptimistic(optimisticStateOf([lifted], {}));
  expect([playing, store.running]).toEqual([[], []]);
  pass(200);
  store.setOptimistic(optimisticStateOf([lifted, lift(true)], {}));
  expect(playing).toMatchObject([{ place: 1 }]);
  store.setOptimistic(optimisticStateOf([said({ kind: 'remove-listens', group: GROUP })], {}));
  expect(playing).toEqual([]);
  expect(listens.takenBack.map(({ trackId }) => trackId)).toEqual([1, 2]);
});

it('holds the clock while it is paused here, and shows a track that was begun again as another listen', () => {
  const done = (act: 'pause' | 'resume' | 'again', nth: number, place = 0) =>
    said({
      kind: 'move-needle',
      group: GROUP,
      move: { id: `22222222-2222-4222-8222-22222222222${nth}`, act, at: Math.floor(Date.now() / 1000), place, nth },
    });
  store.set([serverSession()]);
  pass(60);
  const pause = done('pause', 1);
  store.setOptimistic(optimisticStateOf([pause], {}));
  pass(500);
  expect([playing[0]?.state, added()]).toEqual(['paused', []]);
  const resume = done('resume', 2);
  store.setOptimistic(optimisticStateOf([pause, resume], {}));
  pass(60);
  expect([playing[0]?.state, added()]).toEqual(['playing', [[1, 0]]]);
  store.setOptimistic(optimisticStateOf([pause, resume, done('again', 3)], {}));
  pass(110);
  expect(added()).toEqual([
    [1, 0],
    [1, Math.floor(Date.now() / 1000) - AT - 110],
  ]);
});
