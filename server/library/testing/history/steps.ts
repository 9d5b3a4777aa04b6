import fc from 'fast-check';
import type { ListenSource } from '#shared/journal/listen.ts';
import type { Library } from '../../api/library.ts';
import type { ScrobbleInput } from '../../api/scrobbles.ts';
import type { TrackFacts } from '../../api/shelf.ts';
import { applied, newUuid, play, START } from '../library.ts';
import { copyOf, releaseOf } from '../shelf.ts';
import type { House } from './house.ts';

const ARTISTS = ['Okra', 'okra', 'Okra feat. Leek', 'Leek', 'Salsify & the Roots'];
const TITLES = ['Stew', 'stew', 'Soup', 'Soup (Live)', 'Broth'];
const ALBUMS = ['Kitchen Songs', 'Kitchen songs', 'Cellar', undefined];
const SOURCES: ListenSource[] = ['lastfm', 'roon', 'import'];

export const report = fc
  .record({
    source: fc.constantFrom(...SOURCES),
    slot: fc.integer({ min: 0, max: 12 }),
    late: fc.integer({ min: 0, max: 90 }),
    artist: fc.constantFrom(...ARTISTS),
    title: fc.constantFrom(...TITLES),
    album: fc.constantFrom(...ALBUMS),
  })
  .map(({ source, slot, late, artist, title, album }): ScrobbleInput => {
    // The slots reach over the end of a month.
    const playedAt = START + 16 * 86_400 + slot * 3600 * 3 + late;
    return play({
      source,
      playedAt,
      artist,
      title,
      album,
      durationSeconds: 200,
      sourceKey: `${slot}|${title}|${album}`,
    });
  });

/** One thing that happens to a library. */
export type Step = (house: House) => void | Promise<void>;
const pick = <T>(items: readonly T[], at: number): T | undefined => items[at % Math.max(1, items.length)];
const at = fc.nat({ max: 50 });

/** All listens, for REST. */
export const listens = (library: Library) => library.reads.listens({ page: 1, pageSize: 200 }).items;
const albums = (library: Library) => library.reads.albums({ page: 1, pageSize: 200 }).items;
const artists = (library: Library) => library.reads.artists({ page: 1, pageSize: 200 }).items;

const reports = fc.array(report, { minLength: 1, maxLength: 6 });

/** Words that nobody wrote before, over those that stood there. */
function newWords(house: House, before: string | null): string {
  for (const words of house.memory.written) if (before?.includes(words)) house.memory.written.delete(words);
  const words = `words no. ${(house.words += 1)};`;
  house.memory.written.add(words);
  return words;
}

/** What sources and people do to a listen and its reports. */
const listening: fc.Arbitrary<Step>[] = [
  reports.map((several) => (house) => house.record(several)),
  fc.tuple(at, report).map(([index, corrected]) => (house) => {
    const known = pick(house.library.scrobbles.between('lastfm', 0, 1e11), index);
    if (known !== undefined)
      house.library.scrobbles.correct(known.id, {
        ...corrected,
        source: 'lastfm',
        sourceKey: known.sourceKey,
        playedAt: known.playedAt,
      });
  }),
  fc.tuple(at, fc.boolean()).map(([index, gone]) => (house) => {
    const known = pick(house.library.scrobbles.between('lastfm', 0, 1e11), index);
    if (known !== undefined) house.library.scrobbles.markGone([known.id], gone);
  }),
  at.map((index) => (house) => {
    const listen = pick(listens(house.library), index);
    if (listen === undefined) return;
    house.deleted.push(listen.id);
    for (const { id } of listen.witnesses) house.memory.deleted.add(id);
    applied(house.library, { kind: 'delete-listen', listenId: listen.id });
  }),
  at.map(
    (index) => (house) =>
      void applied(house.library, { kind: 'restore-listen', listenId: pick(house.deleted, index) ?? 0 }),
  ),
  fc.tuple(at, fc.boolean()).map(([index, loved]) => (house) => {
    const listen = pick(listens(house.library), index);
    if (listen !== undefined) applied(house.library, { kind: 'love-track', trackId: listen.track.id, loved });
  }),
  fc.tuple(fc.constantFrom(...ARTISTS), fc.constantFrom(...TITLES), fc.boolean()).map(
    ([artist, title, loved]) =>
      (house) =>
        void house.library.loves.seenUpstream({ artist, title }, loved),
  ),
  fc.tuple(at, at).map(([one, other]) => (house) => {
    const [first, second] = [pick(listens(house.library), one), pick(listens(house.library), other)];
    if (first === undefined || second === undefined) return;
    house.merged.push([first.id, second.id]);
    applied(house.library, { kind: 'merge-listens', listenIds: [first.id, second.id] });
  }),
  at.map(
    (index) => (house) =>
      void applied(house.library, { kind: 'part-listens', listenIds: pick(house.merged, index) ?? [0, 1] }),
  ),
  fc.tuple(at, at).map(([index, witness]) => (house) => {
    const listen = pick(listens(house.library), index);
    if (listen === undefined) return;
    house.split.push({ listenId: listen.id, scrobbleId: pick(listen.witnesses, witness)?.id ?? 0 });
    applied(house.library, { kind: 'split-listen', ...house.split.at(-1)! });
  }),
  at.map(
    (index) => (house) =>
      void applied(house.library, {
        kind: 'rejoin-listen',
        ...(pick(house.split, index) ?? { listenId: 0, scrobbleId: 0 }),
      }),
  ),
  fc.tuple(at, at).map(([index, slot]) => (house) => {
    const listen = pick(listens(house.library), index);
    if (listen === undefined) return;
    const [group, playedAt] = [newUuid(), START + 16 * 86_400 + slot * 3600];
    house.groups.push(group);
    applied(house.library, {
      kind: 'add-listens',
      group,
      playedAt,
      tracks: [{ trackId: listen.track.id, durationSeconds: 200 }, { trackId: listen.track.id }],
    });
    [0, 1].forEach((place) =>
      house.memory.reported.set(`manual ${group}:${place}`, { playedAt: playedAt + place * 200 }),
    );
  }),
  at.map((index) => (house) => {
    const group = pick(house.groups, index);
    if (group === undefined) return;
    house.memory.withdrawn.add(group);
    applied(house.library, { kind: 'remove-listens', group });
  }),
  at.map((index) => (house) => {
    const listen = pick(listens(house.library), index);
    if (listen === undefined) return;
    const note = newWords(house, listen.note);
    applied(house.library, { kind: 'note-listen', listenId: listen.id, note });
  }),
  fc.tuple(at, fc.integer({ min: 0, max: 5 })).map(([index, rating]) => (house) => {
    const album = pick(albums(house.library), index);
    if (album !== undefined) applied(house.library, { kind: 'rate-album', albumId: String(album.id), rating });
  }),
  at.map((index) => (house) => {
    const album = pick(albums(house.library), index);
    if (album !== undefined)
      applied(house.library, { kind: 'note-album', albumId: String(album.id), note: newWords(house, album.note) });
  }),
  fc.tuple(at, at).map(([one, other]) => (house) => {
    const [from, into] = [pick(albums(house.library), one), pick(albums(house.library), other)];
    if (from !== undefined && into !== undefined)
      applied(house.library, { kind: 'merge-albums', from: String(from.id), into: String(into.id) });
  }),
  fc.tuple(at, at).map(([index, which]) => (house) => {
    const album = pick(
      albums(house.library).filter(({ merged }) => merged !== undefined),
      index,
    );
    if (album !== undefined)
      applied(house.library, { kind: 'split-album', from: pick(album.merged!, which)!.id, into: String(album.id) });
  }),
  fc.tuple(at, at).map(([one, other]) => (house) => {
    const [from, into] = [pick(artists(house.library), one), pick(artists(house.library), other)];
    if (from !== undefined && into !== undefined)
      applied(house.library, { kind: 'merge-artists', from: String(from.id), into: String(into.id) });
  }),
  at.map((index) => (house) => {
    const artist = pick(
      artists(house.library).filter(({ aliases }) => aliases?.some(({ id }) => id !== undefined)),
      index,
    );
    const former = artist?.aliases?.find(({ id }) => id !== undefined)?.id;
    if (artist !== undefined && former !== undefined)
      applied(house.library, { kind: 'split-artist', from: former, into: String(artist.id) });
  }),
];

const line = (title: string, kind: TrackFacts['kind'] = null): TrackFacts => ({
  kind,
  position: kind === 'heading' ? null : '1',
  title,
  durationSeconds: 200,
  artists: [],
});
const tracklist = fc.array(
  fc.tuple(
    fc.constantFrom(...TITLES),
    fc.constantFrom(null, null, 'heading' as const, 'index' as const, 'sub-track' as const),
  ),
  { maxLength: 5 },
);
const release = fc.tuple(
  fc.constantFrom(1, 2, 3),
  fc.constantFrom('Okra', 'Leek'),
  fc.constantFrom('Kitchen Songs', 'Cellar'),
);

/** What the shelf, the archive and backups do. */
const keeping: fc.Arbitrary<Step>[] = [
  fc.array(release, { maxLength: 3 }).map((releases) => ({ library }) => {
    const copies = releases.map(([number, artist, title]) =>
      copyOf(`i-${number}`, releaseOf(`${number}-${title.length}`, artist, title)),
    );
    const { albumIds } = library.shelf.takeCopies(copies, 'some pass');
    library.shelf.joinHeard(albumIds);
  }),
  // A pass that sees nothing any more: every record is sold.
  fc.constant((house: House) => void house.library.shelf.removeUnseen(`pass ${(house.pass += 1)}`)),
  fc.tuple(at, tracklist).map(([index, lines]) => ({ library }) => {
    const album = pick(
      albums(library).filter(({ discogsId }) => discogsId !== null),
      index,
    );
    if (album !== undefined)
      library.shelf.writeDetails(album.id, {
        tracks: lines.map(([title, kind]) => line(title, kind)),
        imageUrls: [],
        year: null,
      });
  }),
  fc.integer({ min: 0, max: 13 }).map(
    (slot) =>
      async ({ library }) =>
        void (await library.archive.removeBefore(START + 16 * 86_400 + slot * 3600 * 3, {})),
  ),
  at.map((index) => async ({ library }) => {
    const file = pick(await library.archive.list(), index);
    if (file !== undefined) await library.archive.restore(file.name, {});
  }),
  fc.constant(async ({ library }: House) => void (await library.rollups.verify({}))),
  fc.constant(({ library }: House) => library.followUps.run({})),
  fc.constant((house: House) => house.backUp()),
  fc.constant((house: House) => house.restore()),
];

const weighted = (weight: number, arbitraries: readonly fc.Arbitrary<Step>[]) =>
  arbitraries.map((arbitrary) => ({ arbitrary, weight }));

/** Anything that can happen to a library: what sources report the most often, then what the shelf and the archive do. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  ...weighted(12, listening.slice(0, 1)),
  ...weighted(1, listening.slice(1)),
  ...weighted(4, keeping),
);
