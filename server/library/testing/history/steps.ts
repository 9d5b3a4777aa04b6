import fc from 'fast-check';
import type { ScrobbleInput } from '../../api/scrobbles.ts';
import type { TrackFacts } from '../../api/shelf.ts';
import { albums, artists, at, FIRST_DAY, listens, pick, reportParts, slotStart } from '../anyReport.ts';
import { applied, newUuid, play } from '../library.ts';
import { copyOf, releaseOf } from '../shelf.ts';
import type { LibraryUnderTest } from './libraryUnderTest.ts';

const ARTISTS = ['Okra', 'okra', 'Okra feat. Leek', 'Leek', 'Salsify & the Roots'];
const TITLES = ['Stew', 'stew', 'Soup', 'Soup (Live)', 'Broth'];
const ALBUMS = ['Kitchen Songs', 'Kitchen songs', 'Cellar', undefined];

export const report = fc
  .record(reportParts({ artists: ARTISTS, titles: TITLES, albums: ALBUMS }))
  .map(({ source, slot, late, artist, title, album }): ScrobbleInput => {
    const playedAt = slotStart(slot) + late;
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
export type Step = (subject: LibraryUnderTest) => void | Promise<void>;

const reports = fc.array(report, { minLength: 1, maxLength: 6 });

/** A text that nobody wrote before, in place of the one that was there. */
function newNote(subject: LibraryUnderTest, before: string | null): string {
  for (const text of subject.memory.written) if (before?.includes(text)) subject.memory.written.delete(text);
  const text = `text no. ${(subject.textCount += 1)};`;
  subject.memory.written.add(text);
  return text;
}

/** What sources and people do to a listen and its reports. */
const listening: fc.Arbitrary<Step>[] = [
  reports.map((several) => (subject) => subject.record(several)),
  fc.tuple(at, report).map(([index, corrected]) => (subject) => {
    const known = pick(subject.library.scrobbles.between('lastfm', 0, 1e11), index);
    if (known !== undefined)
      subject.library.scrobbles.correct(known.id, {
        ...corrected,
        source: 'lastfm',
        sourceKey: known.sourceKey,
        playedAt: known.playedAt,
      });
  }),
  fc.tuple(at, fc.boolean()).map(([index, gone]) => (subject) => {
    const known = pick(subject.library.scrobbles.between('lastfm', 0, 1e11), index);
    if (known !== undefined) subject.library.scrobbles.markGone([known.id], gone);
  }),
  at.map((index) => (subject) => {
    const listen = pick(listens(subject.library), index);
    if (listen === undefined) return;
    subject.deleted.push(listen.id);
    for (const { id } of listen.witnesses) subject.memory.deleted.add(id);
    applied(subject.library, { kind: 'delete-listen', listenId: listen.id });
  }),
  at.map(
    (index) => (subject) =>
      void applied(subject.library, { kind: 'restore-listen', listenId: pick(subject.deleted, index) ?? 0 }),
  ),
  fc.tuple(at, fc.boolean()).map(([index, loved]) => (subject) => {
    const listen = pick(listens(subject.library), index);
    if (listen !== undefined) applied(subject.library, { kind: 'love-track', trackId: listen.track.id, loved });
  }),
  fc.tuple(fc.constantFrom(...ARTISTS), fc.constantFrom(...TITLES), fc.boolean()).map(
    ([artist, title, loved]) =>
      (subject) =>
        void subject.library.loves.seenUpstream({ artist, title }, loved),
  ),
  fc.tuple(at, at).map(([one, other]) => (subject) => {
    const [first, second] = [pick(listens(subject.library), one), pick(listens(subject.library), other)];
    if (first === undefined || second === undefined) return;
    subject.merged.push([first.id, second.id]);
    applied(subject.library, { kind: 'merge-listens', listenIds: [first.id, second.id] });
  }),
  at.map(
    (index) => (subject) =>
      void applied(subject.library, { kind: 'part-listens', listenIds: pick(subject.merged, index) ?? [0, 1] }),
  ),
  fc.tuple(at, at).map(([index, reportIndex]) => (subject) => {
    const listen = pick(listens(subject.library), index);
    if (listen === undefined) return;
    subject.split.push({ listenId: listen.id, scrobbleId: pick(listen.witnesses, reportIndex)?.id ?? 0 });
    applied(subject.library, { kind: 'split-listen', ...subject.split.at(-1)! });
  }),
  at.map(
    (index) => (subject) =>
      void applied(subject.library, {
        kind: 'rejoin-listen',
        ...(pick(subject.split, index) ?? { listenId: 0, scrobbleId: 0 }),
      }),
  ),
  fc.tuple(at, at).map(([index, slot]) => (subject) => {
    const listen = pick(listens(subject.library), index);
    if (listen === undefined) return;
    const [group, playedAt] = [newUuid(), FIRST_DAY + slot * 3600];
    subject.groups.push(group);
    applied(subject.library, {
      kind: 'add-listens',
      group,
      playedAt,
      tracks: [{ trackId: listen.track.id, durationSeconds: 200 }, { trackId: listen.track.id }],
    });
    [0, 1].forEach((place) =>
      subject.memory.reported.set(`manual ${group}:${place}`, { playedAt: playedAt + place * 200 }),
    );
  }),
  at.map((index) => (subject) => {
    const group = pick(subject.groups, index);
    if (group === undefined) return;
    subject.memory.withdrawn.add(group);
    applied(subject.library, { kind: 'remove-listens', group });
  }),
  at.map((index) => (subject) => {
    const listen = pick(listens(subject.library), index);
    if (listen === undefined) return;
    const note = newNote(subject, listen.note);
    applied(subject.library, { kind: 'note-listen', listenId: listen.id, note });
  }),
  fc.tuple(at, fc.integer({ min: 0, max: 5 })).map(([index, rating]) => (subject) => {
    const album = pick(albums(subject.library), index);
    if (album !== undefined) applied(subject.library, { kind: 'rate-album', albumId: String(album.id), rating });
  }),
  at.map((index) => (subject) => {
    const album = pick(albums(subject.library), index);
    if (album !== undefined)
      applied(subject.library, { kind: 'note-album', albumId: String(album.id), note: newNote(subject, album.note) });
  }),
  fc.tuple(at, at).map(([one, other]) => (subject) => {
    const [from, into] = [pick(albums(subject.library), one), pick(albums(subject.library), other)];
    if (from !== undefined && into !== undefined)
      applied(subject.library, { kind: 'merge-albums', from: String(from.id), into: String(into.id) });
  }),
  fc.tuple(at, at).map(([index, which]) => (subject) => {
    const album = pick(
      albums(subject.library).filter(({ merged }) => merged !== undefined),
      index,
    );
    if (album !== undefined)
      applied(subject.library, { kind: 'split-album', from: pick(album.merged!, which)!.id, into: String(album.id) });
  }),
  fc.tuple(at, at).map(([one, other]) => (subject) => {
    const [from, into] = [pick(artists(subject.library), one), pick(artists(subject.library), other)];
    if (from !== undefined && into !== undefined)
      applied(subject.library, { kind: 'merge-artists', from: String(from.id), into: String(into.id) });
  }),
  at.map((index) => (subject) => {
    const artist = pick(
      artists(subject.library).filter(({ aliases }) => aliases?.some(({ id }) => id !== undefined)),
      index,
    );
    const former = artist?.aliases?.find(({ id }) => id !== undefined)?.id;
    if (artist !== undefined && former !== undefined)
      applied(subject.library, { kind: 'split-artist', from: former, into: String(artist.id) });
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
  fc.constant((subject: LibraryUnderTest) => void subject.library.shelf.removeUnseen(`pass ${(subject.pass += 1)}`)),
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
        void (await library.archive.removeBefore(slotStart(slot), {})),
  ),
  at.map((index) => async ({ library }) => {
    const file = pick(await library.archive.list(), index);
    if (file !== undefined) await library.archive.restore(file.name, {});
  }),
  fc.constant(async ({ library }: LibraryUnderTest) => void (await library.rollups.verify({}))),
  fc.constant(({ library }: LibraryUnderTest) => library.followUps.run({})),
  fc.constant((subject: LibraryUnderTest) => subject.backUp()),
  fc.constant((subject: LibraryUnderTest) => subject.restore()),
];

const weighted = (weight: number, arbitraries: readonly fc.Arbitrary<Step>[]) =>
  arbitraries.map((arbitrary) => ({ arbitrary, weight }));

/** Anything that can happen to a library: what sources report the most often, then what the shelf and the archive do. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  ...weighted(12, listening.slice(0, 1)),
  ...weighted(1, listening.slice(1)),
  ...weighted(4, keeping),
);
