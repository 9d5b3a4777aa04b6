import { expect, it } from 'vitest';
import type { Mutation } from '#shared/mutations/registry.ts';
import type { Library } from '../api/library.ts';
import type { AlbumDocument } from '#shared/library/album.ts';
import { holdings } from '../testing/holdings.ts';
import { applied, libraryForTest, listenTo, newUuid, replicaOf, START } from '../testing/library.ts';

const heard = (library: Library) =>
  library.reads
    .listens({ page: 1, pageSize: 50 })
    .items.map(({ playedAt, track, album, artists }) => [playedAt - START, track.title, album?.title, artists[0]?.name])
    .reverse();
const typed = (
  more: Partial<Extract<Mutation, { kind: 'log-named' }>> = {},
): Extract<Mutation, { kind: 'log-named' }> => ({
  kind: 'log-named',
  group: newUuid(),
  playedAt: START - 9_000,
  artist: 'Lena Aldous',
  album: 'Blue Hour Ferry',
  tracks: [{ title: 'Blue Hour Ferry', durationSeconds: 2_700 }],
  whole: true,
  ...more,
});
const replicated = (library: Library) =>
  [...replicaOf(library)].flatMap(([key, document]) => (key.startsWith('albums:') ? [document as AlbumDocument] : []));
const bare = (library: Library) => {
  const alias = newUuid();
  applied(library, {
    kind: 'add-record',
    alias,
    title: 'Blue Hour Ferry',
    artists: ['Lena Aldous'],
    year: 1959,
    support: 'Vinyl',
  });
  return alias;
};

it('logs what is in no library by its names: a track, a record as one, the tracks of one', () => {
  const { library } = libraryForTest();
  const one = typed({ album: undefined, whole: undefined, tracks: [{ title: 'Night Bus' }], playedAt: START - 20_000 });
  const list = typed({
    album: 'Tides',
    whole: undefined,
    tracks: [{ title: 'Ebb', durationSeconds: 100 }, { title: 'Flow' }],
    playedAt: START - 15_000,
  });
  for (const mutation of [one, list, typed()]) expect(applied(library, mutation)).toMatchObject({ state: 'applied' });
  expect(heard(library)).toEqual([
    [-20_000, 'Night Bus', undefined, 'Lena Aldous'],
    [-15_000, 'Ebb', 'Tides', 'Lena Aldous'],
    [-14_900, 'Flow', 'Tides', 'Lena Aldous'],
    [-9_000, 'Blue Hour Ferry', 'Blue Hour Ferry', 'Lena Aldous'],
  ]);
  for (const { group } of [one, list]) applied(library, { kind: 'remove-listens', group });
  expect(heard(library)).toHaveLength(1);
});

it('lists a whole record by its tracks once they are known, and takes them back together', () => {
  const { library } = libraryForTest();
  const alias = bare(library);
  const whole = typed({ albumId: alias });
  applied(library, whole);
  library.turntable.settle();
  expect(heard(library)).toEqual([[-9_000, 'Blue Hour Ferry', 'Blue Hour Ferry', 'Lena Aldous']]);
  expect(library.scrobbleOutbox.unsent(0)).toEqual([]);
  applied(
    library,
    typed({
      albumId: alias,
      whole: undefined,
      playedAt: START - 90_000,
      tracks: [{ title: 'Quay', durationSeconds: 300 }, { title: 'Wake' }],
    }),
  );
  library.turntable.settle();
  library.turntable.settle();
  expect(heard(library).slice(2)).toEqual([
    [-9_000, 'Quay', 'Blue Hour Ferry', 'Lena Aldous'],
    [-8_700, 'Wake', 'Blue Hour Ferry', 'Lena Aldous'],
  ]);
  expect(library.reads.albums({ page: 1, pageSize: 9 }).total).toBe(1);
  applied(library, { kind: 'remove-listens', group: whole.group });
  expect(heard(library)).toHaveLength(2);
});

/** As Discogs has it. */
const list = (library: Library, albumId: number, titles: readonly string[]) =>
  library.shelf.writeDetails(albumId, {
    year: null,
    imageUrls: [],
    tracks: titles.map((title, place) => ({
      kind: null,
      position: `A${place + 1}`,
      title,
      durationSeconds: null,
      artists: [],
    })),
  });

it('lists it by all of its tracks, also by the one that is called like the record, which is not as long as that', () => {
  const { library } = libraryForTest();
  const alias = bare(library);
  const [album] = library.reads.albums({ page: 1, pageSize: 9 }).items;
  applied(library, typed({ albumId: alias }));
  list(library, album!.id, ['Quay', 'Blue Hour Ferry', 'Wake']);
  library.turntable.settle();
  expect(heard(library).map(([at, title]) => [at, title])).toEqual([
    [-9_000, 'Quay'],
    [-8_760, 'Blue Hour Ferry'],
    [-8_520, 'Wake'],
  ]);
  expect(
    library.reads.album(album!.id)!.tracks.map(({ title, durationSeconds, plays }) => [title, durationSeconds, plays]),
  ).toEqual([
    ['Quay', null, 1],
    ['Blue Hour Ferry', null, 1],
    ['Wake', null, 1],
  ]);
});

it('lists of one that was lifted early those tracks alone that were heard by then, each at its time', () => {
  const { library, setTime } = libraryForTest();
  const alias = bare(library);
  const [album] = library.reads.albums({ page: 1, pageSize: 9 }).items;
  const whole = typed({ albumId: alias, playedAt: START });
  applied(library, whole, { madeAt: START * 1000 });
  const move = (act: 'pause' | 'resume' | 'lift', at: number) => {
    setTime(START + at);
    applied(
      library,
      { kind: 'move-needle', group: whole.group, move: { id: newUuid(), act, at: START + at, place: 0 } },
      { madeAt: (START + at) * 1000 },
    );
  };
  move('pause', 300);
  move('resume', 360);
  move('lift', 1_590);
  expect(heard(library)).toEqual([[0, 'Blue Hour Ferry', 'Blue Hour Ferry', 'Lena Aldous']]);
  list(library, album!.id, ['Quay', 'Low Water', 'Ferry', 'Mole', 'Ebb', 'Flow', 'Wake', 'Home']);
  library.turntable.settle();
  // Four minutes each and a minute of silence: the seventh had begun when the needle was lifted, and was hardly heard.
  expect(heard(library).map(([at, title]) => [at, title])).toEqual([
    [0, 'Quay'],
    [240, 'Low Water'],
    [540, 'Ferry'],
    [780, 'Mole'],
    [1_020, 'Ebb'],
    [1_260, 'Flow'],
  ]);
});

it('lists nothing of it that is still to come, where its tracks are longer than it was taken to be', () => {
  const { library, setTime } = libraryForTest();
  const alias = bare(library);
  const [album] = library.reads.albums({ page: 1, pageSize: 9 }).items;
  // It ended just now, and is of about the usual length.
  applied(library, typed({ albumId: alias, playedAt: START - 2_400, tracks: [{ title: 'Blue Hour Ferry' }] }));
  list(
    library,
    album!.id,
    Array.from({ length: 12 }, (_, place) => `Part ${place + 1}`),
  );
  library.turntable.settle();
  expect(heard(library).map(([, title]) => title)).toEqual(['Blue Hour Ferry']);
  expect(library.turntable.nextAt()).toBe(START + 480);
  setTime(START + 480);
  library.turntable.settle();
  expect(
    heard(library)
      .map(([at]) => at)
      .slice(-2),
  ).toEqual([0, 240]);
  expect(library.turntable.nextAt()).toBeNull();
});

it('is as long as a person says once they say it', () => {
  const { library } = libraryForTest();
  const alias = bare(library);
  applied(library, typed({ albumId: alias, tracks: [{ title: 'Blue Hour Ferry' }] }));
  applied(library, typed({ albumId: alias, playedAt: START - 30_000 }));
  expect(replicated(library)[0]!.tracks.map(({ kind, durationSeconds }) => [kind, durationSeconds])).toEqual([
    ['index', 2_700],
  ]);
});

it('is brought back from a device as what it was', async () => {
  const { library } = libraryForTest();
  const song = (playedAt: number, title: string) =>
    listenTo(library, { artist: 'Lena Aldous', title, album: 'Blue Hour Ferry', playedAt });
  applied(library, typed());
  song(START - 50_000, 'Blue Hour Ferry');
  song(START - 40_000, 'Wake');
  const fresh = libraryForTest().library;
  for (const [collection, given] of holdings(library)) await fresh.rebuild.take(collection, given, { life: 'former' });
  expect(await fresh.rebuild.settle()).toEqual([]);
  const tracks = (from: Library) =>
    replicated(from)
      .flatMap((album) => album.tracks.map(({ title, kind, durationSeconds }) => `${title} ${kind} ${durationSeconds}`))
      .sort();
  expect(tracks(fresh)).toEqual([
    'Blue Hour Ferry index 2700',
    'Blue Hour Ferry undefined undefined',
    'Wake undefined undefined',
  ]);
  expect(tracks(fresh)).toEqual(tracks(library));
  expect(heard(fresh)).toEqual(heard(library));
});

it('is none of the record’s tracks, whichever was there first and however it is called', () => {
  const { library } = libraryForTest();
  const song = (playedAt: number) =>
    listenTo(library, { artist: 'Lena Aldous', title: 'Blue Hour Ferry', album: 'Blue Hour Ferry', playedAt });
  const tracks = () =>
    replicated(library).flatMap((album) =>
      album.tracks.map(({ title, kind, durationSeconds }) => [title, kind, durationSeconds]),
    );
  song(START - 90_000);
  applied(library, typed());
  song(START - 50_000);
  applied(library, typed({ playedAt: START - 30_000 }));
  expect(tracks()).toEqual([
    ['Blue Hour Ferry', undefined, undefined],
    ['Blue Hour Ferry', 'index', 2_700],
  ]);
  expect(library.reads.album(Number(replicated(library)[0]!.id))!.tracks.map(({ plays }) => plays)).toEqual([2, 2]);
});

it('plays a whole record at the turntable, of about the usual length where nobody knows it', () => {
  const { library, setTime } = libraryForTest();
  const whole = typed({ albumId: bare(library), playedAt: START, tracks: [{ title: 'Blue Hour Ferry' }] });
  applied(library, whole);
  expect(library.household.get().turntable).toMatchObject([{ tracks: [{ seconds: 2_400, about: true, whole: true }] }]);
  applied(library, { kind: 'remove-listens', group: whole.group });
  expect(library.reads.search('Blue Hour', 5).tracks).toEqual([]);
  setTime(START + 9_000);
  library.turntable.settle();
  expect(heard(library)).toEqual([]);
});

it('leaves nothing of a record that was put on and lifted before it was heard, and has it again when that is undone', () => {
  const { library, setTime } = libraryForTest();
  const whole = typed({ playedAt: START });
  const move = { id: newUuid(), act: 'lift', at: START + 60, place: 0 } as const;
  const lift = { kind: 'move-needle', group: whole.group, move } as const;
  const known = () => [
    library.reads.albums({ page: 1, pageSize: 9 }).total,
    library.reads.search('Lena', 5).artists.length,
    library.reads.search('Blue Hour', 5).tracks.length,
  ];
  applied(library, whole);
  setTime(START + 60);
  expect(known()).toEqual([1, 1, 1]);
  applied(library, lift);
  expect(known()).toEqual([0, 0, 0]);
  applied(library, { ...lift, move: { ...move, undone: true } });
  expect(library.household.get().turntable).toMatchObject([{ id: whole.group, logged: [] }]);
  // It is as long as that in the journal: not before it ended.
  setTime(START + 2_699);
  library.turntable.settle();
  expect(heard(library)).toEqual([]);
  expect(library.turntable.nextAt()).toBe(START + 2_700);
  setTime(START + 2_700);
  library.turntable.settle();
  expect(heard(library)).toEqual([[0, 'Blue Hour Ferry', 'Blue Hour Ferry', 'Lena Aldous']]);
});

it('keeps what plays in another session when one is lifted late', () => {
  const { library, setTime } = libraryForTest();
  // Seconds count here: the device's clock is the server's.
  const said = { madeAt: START * 1000 };
  const [first, second] = [typed({ playedAt: START }), typed({ playedAt: START + 100 })];
  for (const mutation of [first, second]) applied(library, mutation, said);
  setTime(START + 200);
  applied(library, {
    kind: 'move-needle',
    group: first.group,
    move: { id: newUuid(), act: 'lift', at: START + 99, place: 0 },
  });
  setTime(START + 9_000);
  library.turntable.settle();
  expect(heard(library)).toEqual([[100, 'Blue Hour Ferry', 'Blue Hour Ferry', 'Lena Aldous']]);
});
