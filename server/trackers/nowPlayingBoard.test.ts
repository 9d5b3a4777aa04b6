import { expect, it } from 'vitest';
import type { NowPlaying, StreamEvent } from '#shared/sync/stream.ts';
import { NowPlayingBoard } from './nowPlayingBoard.ts';

const AT = 1_770_000_000_000;
const salon: NowPlaying = {
  place: 'roon:1',
  source: 'roon',
  zone: 'Salon',
  state: 'playing',
  title: 'Phares',
  artist: 'Mélodie Varga',
  album: 'Lumières',
  durationSeconds: 240,
  positionSeconds: 10,
  at: AT,
};
const lastfm: NowPlaying = {
  ...salon,
  place: 'lastfm',
  source: 'lastfm',
  zone: undefined,
  durationSeconds: null,
  positionSeconds: null,
};

function board(found: { trackId: number | null; albumId: number | null } = { trackId: null, albumId: null }) {
  const published: NowPlaying[][] = [];
  const asked: string[] = [];
  const library = {
    found,
    named: ({ title }: { title: string }) => {
      asked.push(title);
      return library.found;
    },
  };
  const hub = {
    publish: (event: StreamEvent) => void (event.event === 'now-playing' && published.push(event.data.items)),
  };
  return { board: new NowPlayingBoard(hub, library), published, asked, library };
}

it('publishes what a page could not know by itself, and nothing else', () => {
  const { board: shown, published } = board();
  shown.show('roon:1', salon);
  for (let second = 1; second <= 100; second += 1)
    shown.show('roon:1', { ...salon, positionSeconds: 10 + second, at: AT + second * 1000 });
  expect(published).toHaveLength(1);
  shown.show('roon:1', { ...salon, positionSeconds: 30, at: AT + 101_000 });
  shown.show('roon:1', { ...salon, positionSeconds: 30, state: 'paused', at: AT + 101_000 });
  shown.show('roon:1', { ...salon, positionSeconds: 30, state: 'paused', at: AT + 500_000 });
  shown.show('roon:1', { ...salon, positionSeconds: 30, at: AT + 500_000 });
  shown.show('roon:1', null);
  shown.show('roon:1', null);
  expect(published.map((items) => items.map(({ state, positionSeconds }) => [state, positionSeconds]))).toEqual([
    [['playing', 10]],
    [['playing', 30]],
    [['paused', 30]],
    [['playing', 30]],
    [],
  ]);
});

it('shows several places at once', () => {
  const { board: shown, published } = board();
  shown.showAll([
    ['roon:1', salon],
    ['roon:2', { ...salon, place: 'roon:2', zone: 'Bureau', title: 'Balises' }],
  ]);
  shown.showAll([
    ['roon:1', null],
    ['roon:2', null],
  ]);
  expect(published.map((items) => items.length)).toEqual([2, 0]);
});

it('shows music once that plays in a zone and is reported by Last.fm too', () => {
  const { board: shown } = board();
  shown.show('lastfm', lastfm);
  expect(shown.items).toHaveLength(1);
  shown.show('roon:1', salon);
  expect(shown.items.map(({ place }) => place)).toEqual(['roon:1']);
  shown.show('lastfm', { ...lastfm, title: 'Tout autre chose' });
  expect(shown.items.map(({ place }) => place)).toEqual(['lastfm', 'roon:1']);
  shown.show('lastfm', lastfm);
  shown.show('roon:1', { ...salon, state: 'paused' });
  expect(shown.items).toHaveLength(2);
});

it("names the library's own album and track, asked once, and again for what may have come since", () => {
  const { board: shown, asked, library } = board();
  shown.show('roon:1', salon);
  shown.show('roon:1', { ...salon, positionSeconds: 20, at: AT + 10_000 });
  library.found = { trackId: 7, albumId: 3 };
  for (const second of [31, 32, 90])
    shown.show('roon:1', { ...salon, positionSeconds: 10 + second, at: AT + second * 1000 });
  expect(asked).toEqual(['Phares', 'Phares']);
  expect(shown.items).toMatchObject([{ trackId: 7, albumId: '3' }]);
  shown.show('roon:1', { ...salon, title: 'Balises' });
  expect(asked).toHaveLength(3);
});
