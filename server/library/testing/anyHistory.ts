import fc from 'fast-check';
import { ImageSources } from '#shared/library/image.ts';
import type { Mutation } from '#shared/mutations/registry.ts';
import type { Library } from '../api/library.ts';
import type { ScrobbleInput } from '../api/scrobbles.ts';
import { applied, newUuid, play, playlistDocument } from './library.ts';
import { albums, artists, at, FIRST_DAY, listens, pick, reportParts, slotStart } from './anyReport.ts';
import { copyOf, releaseOf } from './shelf.ts';

const ARTISTS = ['Okra', 'okra', 'Okra (2)', 'Okra feat. Leek', 'Leek', 'Salsify & the Roots', 'Okra / Leek'];
const TITLES = ['Stew', 'stew', 'Soup', 'Soup (Live)', 'Broth', 'Ragoût 🍲'];
const ALBUMS = ['Kitchen Songs', 'Kitchen songs', 'Kitchen Songs (Remastered)', 'Cellar', undefined];

/** Something that happens to a library. */
export type Happening = (library: Library) => unknown;

export const anyReport: fc.Arbitrary<ScrobbleInput> = fc
  .record({
    ...reportParts({ artists: ARTISTS, titles: TITLES, albums: ALBUMS }),
    zone: fc.constantFrom(undefined, undefined, 'Kitchen', 'Study'),
  })
  .map(({ source, slot, late, artist, title, album, zone }) => {
    const playedAt = slotStart(slot) + late;
    // As the trackers name them: Last.fm's reports by moment and names.
    const sourceKey = source === 'lastfm' ? `${playedAt}|${artist}|${title}` : `${slot}|${title}|${album}`;
    return play({
      source,
      playedAt,
      artist,
      title,
      album,
      zone: source === 'roon' ? zone : undefined,
      durationSeconds: 200,
      sourceKey,
    });
  });

const album =
  (index: number, make: (id: string) => Mutation): Happening =>
  (library) => {
    const one = pick(albums(library), index);
    if (one !== undefined) applied(library, make(String(one.id)));
  };
const listen =
  (index: number, make: (id: number, track: number) => Mutation): Happening =>
  (library) => {
    const one = pick(listens(library), index);
    if (one !== undefined) applied(library, make(one.id, one.track.id));
  };
const two =
  <T extends { id: number }>(
    list: (library: Library) => T[],
    one: number,
    other: number,
    make: (from: number, into: number) => Mutation,
  ): Happening =>
  (library) => {
    const [from, into] = [pick(list(library), one), pick(list(library), other)];
    if (from !== undefined && into !== undefined) applied(library, make(from.id, into.id));
  };

const heard: fc.Arbitrary<Happening>[] = [
  fc.array(anyReport, { minLength: 1, maxLength: 6 }).map((reports) => (library) => library.scrobbles.record(reports)),
  fc.tuple(at, anyReport).map(([index, corrected]) => (library) => {
    const known = pick(library.scrobbles.between('lastfm', 0, 1e11), index);
    if (known !== undefined)
      library.scrobbles.correct(known.id, {
        ...corrected,
        source: 'lastfm',
        sourceKey: known.sourceKey,
        playedAt: known.playedAt,
      });
  }),
  fc.tuple(at, fc.boolean()).map(([index, gone]) => (library) => {
    const known = pick(library.scrobbles.between('lastfm', 0, 1e11), index);
    if (known !== undefined) library.scrobbles.markGone([known.id], gone);
  }),
  fc.integer({ min: 0, max: 12 }).map((slots) => (library) => library.archive.removeBefore(slotStart(slots), {})),
];

const saidOfListens: fc.Arbitrary<Happening>[] = [
  at.map((index) => listen(index, (listenId) => ({ kind: 'delete-listen', listenId }))),
  at.map((index) => (library) => {
    const deleted = library.feed
      .pull('deletions', 0, 100)
      .documents.flatMap(({ listens: gone }) => gone as { id: number }[]);
    const one = pick(deleted, index);
    if (one !== undefined) applied(library, { kind: 'restore-listen', listenId: one.id });
  }),
  fc
    .tuple(at, fc.boolean())
    .map(([index, loved]) => listen(index, (_, trackId) => ({ kind: 'love-track', trackId, loved }))),
  fc
    .tuple(at, fc.string({ unit: 'grapheme' }))
    .map(([index, note]) => listen(index, (listenId) => ({ kind: 'note-listen', listenId, note }))),
  fc.tuple(at, at).map(([index, which]) => (library) => {
    const one = pick(listens(library), index);
    if (one !== undefined)
      applied(library, { kind: 'split-listen', listenId: one.id, scrobbleId: pick(one.witnesses, which)?.id ?? 0 });
  }),
  fc.tuple(at, at).map(([index, slot]) =>
    listen(index, (_, trackId) => ({
      kind: 'add-listens',
      group: newUuid(),
      playedAt: FIRST_DAY + slot * 3600,
      tracks: [{ trackId }, { trackId }],
    })),
  ),
];

const albumMutations: fc.Arbitrary<Happening>[] = [
  fc
    .tuple(at, fc.integer({ min: 0, max: 5 }))
    .map(([index, rating]) => album(index, (albumId) => ({ kind: 'rate-album', albumId, rating }))),
  fc.tuple(at, fc.string()).map(([index, note]) => album(index, (albumId) => ({ kind: 'note-album', albumId, note }))),
  fc
    .tuple(at, at)
    .map(([one, other]) =>
      two(albums, one, other, (from, into) => ({ kind: 'merge-albums', from: String(from), into: String(into) })),
    ),
  fc
    .tuple(at, at)
    .map(([one, other]) =>
      two(artists, one, other, (from, into) => ({ kind: 'merge-artists', from: String(from), into: String(into) })),
    ),
  fc.tuple(at, fc.constantFrom('The Okras', 'Leek', 'Zucchini (2)')).map(([index, name]) => (library) => {
    const one = pick(artists(library), index);
    if (one !== undefined) applied(library, { kind: 'alias-artist', artistId: String(one.id), name });
  }),
  at.map((index) => (library) => {
    const merged = pick(
      albums(library).filter((one) => one.merged !== undefined),
      index,
    );
    if (merged !== undefined)
      applied(library, { kind: 'split-album', from: merged.merged![0]!.id, into: String(merged.id) });
  }),
  fc
    .tuple(fc.constantFrom(...ARTISTS), fc.constantFrom('Cellar', 'By hand'), fc.boolean())
    .map(([artist, title, listed]) => (library) => {
      applied(library, {
        kind: 'add-record',
        alias: newUuid(),
        title,
        artists: [artist],
        year: 1999,
        support: 'Vinyl',
        ...(listed && { tracks: ['Stew', 'Side B'] }),
      });
    }),
];

const shelved: fc.Arbitrary<Happening>[] = [
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom(...ARTISTS), fc.constantFrom('Kitchen Songs', 'Cellar'))
    .map(([number, artist, title]) => (library) => {
      library.shelf.nameFolders([{ id: '1', name: 'Living room' }]);
      const { albumIds } = library.shelf.takeCopies(
        [
          {
            ...copyOf(`copy-${number}`, releaseOf(String(number), artist, title)),
            folderId: number % 2 === 0 ? '1' : null,
          },
        ],
        'pass',
      );
      library.shelf.joinHeard(albumIds);
    }),
  fc.tuple(at, fc.subarray(['Stew', 'Soup', 'Broth', 'Stew'])).map(([index, titles]) => (library) => {
    const one = pick(albums(library), index);
    const tracks = titles.map((title, place) => ({
      kind: place === 0 ? ('heading' as const) : null,
      position: place === 0 ? null : `A${place}`,
      title,
      durationSeconds: 100 + place,
      artists: [],
    }));
    if (one !== undefined)
      library.shelf.writeDetails(one.id, {
        tracks,
        imageUrls: ['https://i.discogs.com/1', 'https://i.discogs.com/2'],
        year: 1971,
      });
  }),
  fc.tuple(at, fc.constantFrom(...ImageSources), at).map(([index, source, which]) => (library) => {
    const one = pick(albums(library), index);
    if (one === undefined) return;
    library.images.add({ url: `https://pictures.invalid/${source}/${one.id}`, source, owner: { albumId: one.id } });
    const image = pick(library.reads.album(one.id)!.images, which)!;
    library.images.good(image.id, { hue: 12.5, chroma: 0.1 });
    applied(library, { kind: 'choose-cover', albumId: String(one.id), imageId: image.id });
  }),
  fc.tuple(at, fc.option(fc.constant('a film'), { nil: null })).map(([index, film]) => (library) => {
    const one = pick(albums(library), index);
    if (one === undefined) return;
    library.facts.saveAlbumText(one.id, {
      haiku: 'one',
      summary: 'two',
      film: film === null ? null : { title: film, year: null, director: null },
      model: 'm',
      language: 'fr',
      promptVersion: 3,
    });
    library.facts.fillAlbum(one.id, { year: 1980, spotifyUrl: 'https://open.spotify.com/album/1' });
  }),
  fc.array(at, { maxLength: 5 }).map((places) => (library) => {
    const entries = places.flatMap((index, place) => {
      const track = pick(listens(library), index)?.track.id;
      return track === undefined ? [] : [{ entry: `${place}`, trackId: track }];
    });
    library.playlists.put(playlistDocument({ name: 'Some', entries }));
  }),
  fc
    .constantFrom('UTC', 'Asia/Tokyo')
    .map((timeZone) => (library) => library.household.update({ timeZone, retentionDays: 0, firstRunDone: true })),
];

/** Whatever the names in the reports and the time between them. */
const manualMerge: fc.Arbitrary<Happening> = fc
  .tuple(at, at)
  .map(([one, other]) =>
    two(listens, one, other, (first, second) => ({ kind: 'merge-listens', listenIds: [first, second] })),
  );

/**
 * Anything that can happen to a library, one thing after the other; plays more often than the rest. Ends with all done that follows.
 *
 * @param withManual manually merged listens too.
 */
export const anyHistory = ({ withManual = true } = {}): fc.Arbitrary<Happening[]> =>
  fc
    .array<Happening>(
      fc.oneof(
        { arbitrary: heard[0]!, weight: 6 },
        ...heard.slice(1),
        ...saidOfListens,
        ...albumMutations,
        ...shelved,
        ...(withManual ? [manualMerge] : []),
      ),
      {
        minLength: 1,
        maxLength: 25,
      },
    )
    .map((history) => [...history, (library) => library.followUps.run({})]);
