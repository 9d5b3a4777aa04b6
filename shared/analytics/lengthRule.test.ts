import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { albumDocument, artistDocument } from '#tests/arbitraries/library.ts';
import type { AlbumDocument } from '../library/album.ts';
import type { ArtistDocument } from '../library/artist.ts';
import type { Credit, Track } from '../library/track.ts';
import { LibraryIndex } from './libraryIndex.ts';
import { addTimes, isEstimate, type PlayingTime } from './playingTime.ts';
import { trackLengths } from './trackLengths.ts';

/** Each name as it may be printed, with whom it means. Two documents may be of one. */
const NAMES: Readonly<Record<string, string>> = {
  'Sigur Rós': 'sigur',
  'SIGUR ROS': 'sigur',
  'Sigur Ros': 'sigur',
  'Ada Nordlund': 'ada',
  'ada nordlund': 'ada',
  'Kombinat 7': 'kombinat',
  Various: 'various',
};
/** Each title as it may be printed, with the recording it is of; two of one artist's recordings of a title differ in their remark alone. */
const TITLES: Readonly<Record<string, string>> = {
  Ferry: 'ferry',
  'FERRY (2011 Remaster)': 'ferry',
  'Ferry - Remastered': 'ferry',
  'Ferry (Mono)': 'ferry',
  'Ferry [Deluxe Edition]': 'ferry',
  'Ferry (feat. Ada Nordlund)': 'ferry',
  Férry: 'ferry',
  'Ferry (Live)': 'ferry, live',
  'ferry - Live': 'ferry, live',
  'Ferry (Acoustic)': 'ferry, acoustic',
  'Ferry (Fred Falke Remix)': 'ferry, by Falke',
  'Ferry - Fred Falke Remix': 'ferry, by Falke',
  'Ferry (Demo)': 'ferry, demo',
  'Ferry (Radio Edit)': 'ferry, cut',
  'Pilot Boat': 'pilot',
  'Pilot Boat (Remastered 2014)': 'pilot',
  'Pilot Boat (Instrumental)': 'pilot, no voice',
};

interface PlacedTrack {
  id: number;
  title: string;
  /** 0 where nothing says it. */
  seconds: number;
  /** As credited, in order. */
  by: readonly string[];
  isHeading: boolean;
  /** A whole record that was heard as one. */
  isWhole: boolean;
}

/** Every place in which a track stands: on a record, with the credits it has there or else its record's; or on its artist's document, when no record is known. */
const placedTracks = (albums: readonly AlbumDocument[], artists: readonly ArtistDocument[]): PlacedTrack[] => [
  ...artists.flatMap(({ name, tracks }) => tracks.map((track, place) => placedTrack(track, [name], tracks[place + 1]))),
  ...albums.flatMap((album) =>
    album.tracks.map((track, place) =>
      placedTrack(
        track,
        (track.artists ?? album.artists).map(({ name }) => name),
        album.tracks[place + 1],
      ),
    ),
  ),
];
const placedTrack = (
  { id, title, durationSeconds = 0, kind, position }: Track,
  by: string[],
  next: Track | undefined,
): PlacedTrack => ({
  id,
  title,
  seconds: durationSeconds,
  by,
  isHeading: kind === 'heading',
  isWhole: kind === 'index' && !position && next?.kind !== 'sub-track',
});

const middle = (lengths: readonly number[]): number =>
  lengths.toSorted((a, b) => a - b)[Math.ceil(lengths.length / 2) - 1]!;

/** The rule as it is written in docs/decisions/0007-listening-time.md, step by step, with no thought for speed. */
function byTheRule(all: readonly PlacedTrack[], id: number): PlayingTime {
  const track = all.find((each) => each.id === id);
  if (!track) return { seconds: 240, estimatedSeconds: 240 };
  if (track.seconds > 0) return { seconds: track.seconds, estimatedSeconds: 0 };
  if (track.isWhole) return { seconds: 2_400, estimatedSeconds: 2_400 };
  const [first] = track.by;
  const theirs = all.filter(
    ({ by, seconds, isHeading, isWhole }) =>
      first !== undefined &&
      by[0] !== undefined &&
      NAMES[by[0]] === NAMES[first] &&
      seconds > 0 &&
      !isHeading &&
      !isWhole,
  );
  const same = theirs.filter(({ title }) => TITLES[title] === TITLES[track.title]);
  const lengths = (same.length > 0 ? same : theirs).map(({ seconds }) => seconds);
  const estimate = lengths.length > 0 ? middle(lengths) : 240;
  return { seconds: estimate, estimatedSeconds: estimate };
}

const credits = fc
  .uniqueArray(fc.constantFrom(...Object.keys(NAMES)), { maxLength: 3 })
  .map((names): Credit[] => names.map((name) => ({ id: String(Object.keys(NAMES).indexOf(name) + 1), name })));
const someTrack = fc.record({
  title: fc.constantFrom(...Object.keys(TITLES)),
  seconds: fc.option(fc.integer({ min: 1, max: 900 }), { nil: undefined }),
  artists: fc.option(
    credits.filter(({ length }) => length > 0),
    { nil: undefined, freq: 3 },
  ),
  kind: fc.constantFrom(undefined, undefined, undefined, undefined, 'heading', 'index', 'sub-track'),
  position: fc.constantFrom(undefined, 'A1'),
});
type SomeTrack = typeof someTrack extends fc.Arbitrary<infer T> ? T : never;
const library = fc
  .record({
    records: fc.array(
      fc.record({
        artists: credits,
        masterId: fc.constantFrom(null, '77'),
        tracks: fc.array(someTrack, { maxLength: 6 }),
      }),
      { maxLength: 6 },
    ),
    loose: fc.array(fc.tuple(fc.nat({ max: Object.keys(NAMES).length - 1 }), someTrack), { maxLength: 6 }),
  })
  .map(({ records, loose }) => {
    let id = 0;
    const made = ({ title, seconds, artists, kind, position }: SomeTrack): Track => ({
      id: ++id,
      title,
      ...(position && { position }),
      ...(seconds !== undefined && { durationSeconds: seconds }),
      ...(artists && { artists }),
      ...(kind && { kind }),
    });
    const albums = records.map(({ tracks, ...record }, place) =>
      albumDocument(String(place + 1), { ...record, tracks: tracks.map(made) }),
    );
    const artists = Object.keys(NAMES).map((name, place) =>
      artistDocument(
        String(place + 1),
        name,
        loose.filter(([whose]) => whose === place).map(([, track]) => made({ ...track, artists: undefined })),
      ),
    );
    return { albums, artists, ids: Array.from({ length: id }, (_, place) => place + 1) };
  });

describe('the rule of how long music plays, read step by step', () => {
  it('is what every track plays, whoever else is credited, on whatever records it stands', () => {
    fc.assert(
      fc.property(library, ({ albums, artists, ids }) => {
        const index = LibraryIndex.from(albums, artists);
        const all = placedTracks(albums, artists);
        // A track that no document carries is asked for as well.
        for (const id of [...ids, 9_999])
          expect([id, trackLengths(index).time(index.trackIndex(id))]).toEqual([id, byTheRule(all, id)]);
        const sum = addTimes(ids.map((id) => trackLengths(index).time(index.trackIndex(id))));
        const plain = ids.map((id) => byTheRule(all, id));
        expect(isEstimate(sum)).toBe(
          plain.reduce((total, each) => total + each.estimatedSeconds, 0) * 50 >
            plain.reduce((total, each) => total + each.seconds, 0),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('takes the first of several artists alone, and of even numbers the lower middle', () => {
    const duet: Credit[] = [
      { id: '1', name: 'Ada Nordlund' },
      { id: '2', name: 'Kombinat 7' },
    ];
    const albums = [
      albumDocument('1', {
        artists: [duet[0]!],
        tracks: [
          { id: 1, title: 'One', durationSeconds: 100 },
          { id: 2, title: 'Two', durationSeconds: 200 },
        ],
      }),
      albumDocument('2', {
        artists: [duet[1]!],
        tracks: [
          { id: 3, title: 'Ferry', durationSeconds: 500 },
          { id: 4, title: 'Ferry (Remastered)', durationSeconds: 300 },
        ],
      }),
      // The other order of the same two is another first artist: of Kombinat 7 the song is known, of Ada Nordlund it is not.
      albumDocument('3', {
        artists: duet,
        tracks: [
          { id: 5, title: 'Ferry' },
          { id: 6, title: 'Ferry', artists: duet.toReversed() },
        ],
      }),
    ];
    const index = LibraryIndex.from(albums, []);
    expect([5, 6].map((id) => trackLengths(index).time(index.trackIndex(id)).seconds)).toEqual([100, 300]);
  });
});
