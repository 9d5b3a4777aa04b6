import type { Library } from '#server/library/api/library.ts';
import { listenTo, newUuid, START } from '#server/library/testing/library.ts';
import type { ListenSource } from '#shared/journal/listen.ts';
import type { Mutation, MutationKind } from '#shared/mutations/registry.ts';
import type { View } from './device.ts';

/** What stands in the library before, by its ids. */
export interface Scene {
  /** Albums that were heard, of three artists. */
  albums: string[];
  /** Their artists. */
  artists: string[];
  /** A track of the first album. */
  trackId: number;
  /** A second picture of the first album. */
  imageId: number;
  /** A listen of each album, an hour apart. */
  listens: number[];
  /** A listen that two sources reported, and the second of its reports. */
  twice: { listenId: number; scrobbleId: number; report: { source: ListenSource; playedAt: number } };
  /** Two listens of one track, close by, of two sources. */
  twoListens: [number, number];
}

/** The moment at which everything is done, in seconds since the epoch. */
export const NOW = START + 200_000;

const TITLES = ['Lysøen', 'Vidda', 'Fonn'];
const ARTISTS = ['Nils Okland', 'Mara Lindqvist', 'Sigrid Moe'];

/** Fills a library with what the mutations of every kind are about. */
export function setScene(library: Library): Scene {
  const listens = TITLES.map((album, index) =>
    listenTo(library, {
      album,
      artist: ARTISTS[index]!,
      title: `${album} one`,
      playedAt: START + index * 3_600,
      imageUrl: `https://images.example/${index}.jpg`,
    }),
  );
  const [album] = TITLES;
  const [artist] = ARTISTS;
  const again = { album: album!, artist: artist!, title: `${album!} one` };
  listenTo(library, { ...again, playedAt: START + 20_000, imageUrl: 'https://images.example/other.jpg' });
  const playedAt = START + 40_000;
  const listenId = listenTo(library, { ...again, playedAt });
  const report = { source: 'roon' as const, playedAt: playedAt + 4 };
  listenTo(library, { ...again, ...report });
  const twoListens: [number, number] = [
    listenTo(library, { ...again, playedAt: START + 60_000 }),
    listenTo(library, { ...again, source: 'roon', playedAt: START + 62_000 }),
  ];
  const listed = library.reads.albums({ page: 1, pageSize: 10 }).items;
  const albums = TITLES.map((title) => listed.find((each) => each.title === title)!);
  const artists = library.reads.artists({ page: 1, pageSize: 10 }).items;
  const { track, witnesses: sourceReports } = library.reads.listen(listenId)!;
  return {
    albums: albums.map(({ id }) => String(id)),
    artists: ARTISTS.map((name) => String(artists.find((each) => each.name === name)!.id)),
    trackId: track.id,
    imageId: albums[0]!.images.at(-1)!.id,
    listens,
    twice: { listenId, scrobbleId: sourceReports.find(({ source }) => source === 'roon')!.id, report },
    twoListens,
  };
}

interface Case {
  /** What a person does one after the other, the last of it of the kind; the server hears of all of it at once. */
  does: (scene: Scene) => readonly Mutation[];
  /** What a device cannot know before the answer, put into what it showed. */
  answerBrings?: (shown: View) => View;
}

const RECORD = { title: 'Stein', artists: ['Liv Aasen'], year: 1979, support: 'LP' };

/** With the listen of a moment otherwise. */
function withListen(shown: View, playedAt: number, change: Partial<View['listens'][number]>): View {
  const index = shown.listens.findIndex((listen) => listen.playedAt === playedAt);
  return { ...shown, listens: shown.listens.with(index, { ...shown.listens[index]!, ...change }) };
}

/** A kind has a case here, or this does not compile. */
export const CASES: Record<MutationKind, Case> = {
  'love-track': { does: ({ trackId }) => [{ kind: 'love-track', trackId, loved: true }] },
  'delete-listen': { does: ({ listens }) => [{ kind: 'delete-listen', listenId: listens[1]! }] },
  'restore-listen': {
    does: ({ listens }) => [
      { kind: 'delete-listen', listenId: listens[1]! },
      { kind: 'delete-listen', listenId: listens[2]! },
      { kind: 'restore-listen', listenId: listens[1]! },
    ],
  },
  'rate-album': { does: ({ albums }) => [{ kind: 'rate-album', albumId: albums[0]!, rating: 4 }] },
  'note-album': { does: ({ albums }) => [{ kind: 'note-album', albumId: albums[0]!, note: 'Bought in the rain' }] },
  'note-listen': { does: ({ listens }) => [{ kind: 'note-listen', listenId: listens[0]!, note: 'By the fire' }] },
  'add-listens': {
    does: ({ trackId }) => [
      {
        kind: 'add-listens',
        group: newUuid(),
        playedAt: START + 100_000,
        tracks: [
          { trackId, durationSeconds: 200 },
          { trackId, durationSeconds: 200 },
        ],
      },
    ],
  },
  'log-named': {
    does: () => [
      {
        kind: 'log-named',
        group: newUuid(),
        playedAt: START + 100_000,
        artist: 'Mara Lindqvist',
        tracks: [{ title: 'Ukjent', durationSeconds: 200 }],
      },
    ],
  },
  'remove-listens': {
    does: ({ trackId }) => {
      const group = newUuid();
      return [
        {
          kind: 'add-listens',
          group: newUuid(),
          playedAt: START + 100_000,
          tracks: [{ trackId, durationSeconds: 200 }],
        },
        { kind: 'add-listens', group, playedAt: START + 110_000, tracks: [{ trackId, durationSeconds: 200 }] },
        { kind: 'remove-listens', group },
      ];
    },
  },
  'move-needle': {
    does: ({ trackId }) => {
      const group = newUuid();
      const tracks = Array.from({ length: 4 }, () => ({ trackId, durationSeconds: 1_200 }));
      return [
        { kind: 'add-listens', group, playedAt: NOW - 60, tracks },
        { kind: 'move-needle', group, move: { id: newUuid(), act: 'pause', at: NOW - 10, place: 0, nth: 0 } },
      ];
    },
  },
  'split-listen': {
    does: ({ twice }) => [{ kind: 'split-listen', ...twice }],
    // Of the reports that stay only their number is known.
    answerBrings: (shown) => withListen(shown, START + 40_004, { playedAt: START + 40_000, source: 'lastfm' }),
  },
  'rejoin-listen': {
    does: ({ twice }) => [
      { kind: 'split-listen', ...twice },
      { kind: 'note-listen', listenId: twice.listenId, note: 'Twice' },
      { kind: 'rejoin-listen', ...twice },
    ],
  },
  'merge-listens': {
    does: ({ twoListens }) => [{ kind: 'merge-listens', listenIds: [...twoListens] }],
    // The server shows the report of the better source.
    answerBrings: (shown) => withListen(shown, START + 60_000, { playedAt: START + 62_000, source: 'roon' }),
  },
  'part-listens': {
    does: ({ twoListens }) => [
      { kind: 'merge-listens', listenIds: [...twoListens] },
      { kind: 'note-listen', listenId: twoListens[0], note: 'Twice' },
      { kind: 'part-listens', listenIds: [...twoListens] },
    ],
  },
  'merge-albums': { does: ({ albums: [, into, from] }) => [{ kind: 'merge-albums', from: from!, into: into! }] },
  'split-album': {
    does: ({ albums: [, into, from] }) => [
      { kind: 'merge-albums', from: from!, into: into! },
      { kind: 'rate-album', albumId: into!, rating: 3 },
      { kind: 'split-album', from: from!, into: into! },
    ],
  },
  'merge-artists': {
    does: ({ artists: [, into, from] }) => [{ kind: 'merge-artists', from: from!, into: into! }],
    // The credits, and the name that the artist had.
    answerBrings: (shown) => ({
      ...shown,
      albums: shown.albums.map((album) =>
        album.artists.includes('Sigrid Moe') ? { ...album, artists: ['Mara Lindqvist'] } : album,
      ),
      artists: shown.artists.map((artist) =>
        artist.name === 'Mara Lindqvist' ? { ...artist, aliases: ['Sigrid Moe'] } : artist,
      ),
    }),
  },
  'split-artist': {
    does: ({ artists: [, into, from] }) => [
      { kind: 'merge-artists', from: from!, into: into! },
      { kind: 'alias-artist', artistId: into!, name: 'M. L.' },
      { kind: 'split-artist', from: from!, into: into! },
    ],
  },
  'alias-artist': { does: ({ artists }) => [{ kind: 'alias-artist', artistId: artists[0]!, name: 'N. Okland' }] },
  'choose-cover': { does: ({ albums, imageId }) => [{ kind: 'choose-cover', albumId: albums[0]!, imageId }] },
  'add-record': {
    does: () => [{ kind: 'add-record', alias: newUuid(), ...RECORD }],
    // An artist who was not in the library.
    answerBrings: (shown) => ({ ...shown, artists: [...shown.artists, { name: 'Liv Aasen', aliases: [], loved: [] }] }),
  },
  'remove-record': {
    does: ({ albums }) => {
      const alias = newUuid();
      return [
        { kind: 'add-record', alias: newUuid(), ...RECORD, albumId: albums[0]! },
        { kind: 'add-record', alias, ...RECORD },
        { kind: 'remove-record', alias },
      ];
    },
  },
};
