import { SeededChance } from '../catalogue/random.ts';
import type { CatalogueRecord } from '../catalogue/record.ts';
import type { PictureShelf } from '../kit/pictures.ts';
import type { SimulatedArtist, SimulatedCopy, SimulatedFormat, SimulatedLine, SimulatedRelease } from './release.ts';

const FIRST_RELEASE = 1_400_001;
const FIRST_INSTANCE = 716_200_001;
/** 2019-02-03 10:00 UTC. */
const FIRST_DAY = 1_549_188_000;
const LABELS = ['Quayside', 'Lanternworks', 'Tramway Editions', 'Half Moon (3)', 'Not On Label'];
const STYLES = ['Modal', 'Ambient', 'Chanson', 'Post Rock', 'Chamber Music', 'Soul-Jazz'];
const GUESTS = ['Ada Nordlund', 'Bo Ekström', 'Faustine Œillet', 'Pål Sørby', 'The Paper Boats', 'Łukasz Weissholz'];
const FORMATS: Record<'Vinyl' | 'CD' | 'Digital', SimulatedFormat[]> = {
  Vinyl: [{ name: 'Vinyl', qty: '1', descriptions: ['LP', 'Album'] }],
  CD: [{ name: 'CD', qty: '1', descriptions: ['Album'] }],
  Digital: [{ name: 'File', qty: '9', descriptions: ['FLAC', 'Album'] }],
};
const OTHER_FORMATS: SimulatedFormat[][] = [
  FORMATS.Vinyl,
  FORMATS.CD,
  [{ name: 'Vinyl', qty: '2', descriptions: ['LP', 'Album', 'Reissue'], text: '180g, Gatefold' }],
  [{ name: 'Cassette', qty: '1', descriptions: ['Album'] }],
  [{ name: 'SACD', qty: '1', descriptions: ['Hybrid', 'Multichannel', 'Album'] }],
  FORMATS.Digital,
];
const SEVERAL_FORMATS: SimulatedFormat[] = [
  { name: 'Vinyl', qty: '1', descriptions: ['LP'] },
  { name: 'CD', qty: '1' },
  { name: 'All Media', qty: '1', descriptions: ['Album'] },
];

const duration = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** Artist ids by name, so that an artist of several releases is one. */
export class ArtistIds {
  readonly #ids = new Map<string, number>([['Various', 194]]);

  of(name: string): number {
    const id = this.#ids.get(name) ?? 30_000 + this.#ids.size;
    this.#ids.set(name, id);
    return id;
  }
}

/**
 * A release of each album, with every oddity Discogs is known for in its turn: name variations, joins, numbers behind
 * names, no year, no master, several media, missing descriptions, no cover, headings, index tracks, unknown durations.
 */
export function releaseOf(
  album: CatalogueRecord,
  at: number,
  ids: ArtistIds,
  pictures: PictureShelf,
): SimulatedRelease {
  const chance = new SeededChance(at + 17);
  const id = FIRST_RELEASE + at * 7;
  const reissued = at % 4 === 1 ? chance.whole(1, 30) : 0;
  const year = at % 10 === 9 ? 0 : Math.min(album.year + reissued, 2025);
  const cover = (width: number) => pictures.cover(`R-${id}`, `${album.artist} ${album.title}`, width, album.cover);
  const hasCover = at % 31 !== 12 && at % 37 !== 13;
  return {
    id,
    masterId: at % 5 === 2 ? 0 : 50_000 + at,
    originalYear: album.year,
    title: album.title,
    year,
    artists: creditOf(album.artist, at, ids, chance),
    labels: [
      {
        id: 700 + (at % LABELS.length),
        name: LABELS[at % LABELS.length]!,
        catno: at % 9 === 4 ? 'none' : `QS-${1000 + at}`,
      },
    ],
    formats: formatsOf(album, at),
    genres: [album.genre],
    styles: at % 8 === 3 ? [] : [STYLES[at % STYLES.length]!],
    coverUrl: hasCover ? cover(600) : at % 31 === 12 ? pictures.spacer : '',
    thumbUrl: hasCover ? cover(150) : '',
    tracklist: tracklistOf(album, at, ids),
    released: year === 0 ? '' : at % 3 === 0 ? `${year}-00-00` : `${year}-${String(1 + (at % 12)).padStart(2, '0')}-15`,
    country: at % 6 === 5 ? '' : 'Europe',
    barcode: at % 4 === 0 ? String(5_400_000_000_000 + at * 13) : '',
  };
}

function creditOf(name: string, at: number, ids: ArtistIds, chance: SeededChance): SimulatedArtist[] {
  const known = at % 23 === 6 ? `${name} (2)` : name;
  const first: SimulatedArtist = {
    id: ids.of(known),
    name: known,
    ...(at % 11 === 2 && { anv: name.replace(/^(\p{L})\p{Ll}+ /u, '$1. ') }),
  };
  const guests = at % 13 === 4 ? 1 : at % 13 === 7 ? 2 : 0;
  const others = chance
    .shuffled(GUESTS)
    .slice(0, guests)
    .map((other) => ({ id: ids.of(other), name: other }));
  const credit = [first, ...others];
  return credit.map((artist, place) => {
    const isLast = place === credit.length - 1;
    const join = isLast
      ? at % 19 === 5
        ? ','
        : ''
      : place === credit.length - 2
        ? at % 2 === 0
          ? '&'
          : 'Featuring'
        : ',';
    return { ...artist, join };
  });
}

/** As the catalogue says it is owned; of any kind where it does not say. */
function formatsOf({ support }: CatalogueRecord, at: number): SimulatedFormat[] {
  if (support !== null) return FORMATS[support];
  if (at % 29 === 8) return SEVERAL_FORMATS;
  if (at % 14 === 1) return [{ name: 'CD', qty: '1' }];
  return OTHER_FORMATS[at % OTHER_FORMATS.length]!;
}

function tracklistOf(album: CatalogueRecord, at: number, ids: ArtistIds): SimulatedLine[] {
  const half = Math.ceil(album.tracks.length / 2);
  const hasSides = ['Vinyl', 'Cassette'].includes(formatsOf(album, at)[0]!.name);
  const position = (track: number) =>
    !hasSides ? String(track + 1) : track < half ? `A${track + 1}` : `B${track + 1 - half}`;
  const tracks = album.tracks.map(({ title, seconds, artist }, track): SimulatedLine => {
    const line = {
      position: position(track),
      type_: 'track' as const,
      title,
      duration: at % 27 === 3 ? '' : duration(seconds),
    };
    const guest = artist ?? (at % 16 === 10 && track === 1 ? GUESTS[0]! : undefined);
    return guest === undefined ? line : { ...line, artists: [{ id: ids.of(guest), name: guest }] };
  });
  if (at % 21 === 5) return [{ position: '', type_: 'heading', title: 'Part One', duration: '' }, ...tracks];
  if (at % 21 === 11) return [...tracks.slice(0, -2), suite(tracks.slice(-2))];
  return tracks;
}

/** The last tracks as the parts of one piece, which has the duration they lack. */
function suite(parts: readonly SimulatedLine[]): SimulatedLine {
  return {
    position: '',
    type_: 'index',
    title: 'Suite',
    duration: '9:41',
    sub_tracks: parts.map((part) => ({ ...part, duration: '' })),
  };
}

/** The copies of these releases: some owned twice, in two folders, with stars and notes here and there. */
export function copiesOf(releases: readonly SimulatedRelease[]): SimulatedCopy[] {
  const copies: SimulatedCopy[] = [];
  const put = (releaseId: number, at: number, folderId: number) => {
    copies.push({
      instanceId: FIRST_INSTANCE + copies.length * 3,
      releaseId,
      folderId,
      rating: at % 7 === 0 ? 5 : at % 7 === 3 ? 4 : 0,
      dateAdded: FIRST_DAY + copies.length * 20_000,
      notes: notesOf(at),
    });
  };
  releases.forEach(({ id }, at) => {
    put(id, at, at % 3 === 0 ? 2 : 1);
    if (at % 17 === 3) put(id, at + 1, 3);
  });
  return copies;
}

/** Only the set fields, or all of them with empty values, as both occur. */
function notesOf(at: number): { field_id: number; value: string }[] {
  if (at % 3 === 0)
    return [
      { field_id: 1, value: 'Near Mint (NM or M-)' },
      { field_id: 3, value: `Bought at stall ${at}` },
    ];
  return at % 3 === 1 ? [1, 2, 3, 4].map((field_id) => ({ field_id, value: '' })) : [];
}
