import { SeededChance } from '#tests/simulators/catalogue/random.ts';
import { Names } from './names.ts';

/** The size that every figure is measured at. */
export const SIZE = { artists: 5_000, albums: 10_000, tracksOfAlbum: 11, listens: 300_000 } as const;
/** Of the albums these are on the shelf; the others were only heard. */
const OWNED = 8_000;
/** 2011-01-01 and 2026-11-01, UTC. */
const BEGIN = 1_293_840_000;
const END = 1_793_491_200;
const DAY = 86_400;

export interface InventedTrack {
  title: string;
  seconds: number;
}

export interface InventedAlbum {
  number: number;
  title: string;
  artist: string;
  year: number;
  owned: boolean;
  tracks: InventedTrack[];
  summary: string;
}

/** An invented library of the size that the figures are for; the same for the same seed. */
export interface InventedLibrary {
  albums: InventedAlbum[];
  names: Names;
  chance: SeededChance;
}

export function inventLibrary(seed = 1): InventedLibrary {
  const chance = new SeededChance(seed);
  const names = new Names(chance);
  const artists = Array.from({ length: SIZE.artists }, () => names.give('artists', 1, 3));
  const albums = Array.from({ length: SIZE.albums }, (_, number): InventedAlbum => {
    // Every artist has an album; some have many.
    const artist = number < artists.length ? artists[number]! : chance.favourite(artists);
    return {
      number,
      title: names.give(artist, 1, 4),
      artist,
      year: chance.whole(1955, 2026),
      owned: number % 5 !== 4,
      tracks: Array.from({ length: SIZE.tracksOfAlbum }, () => ({
        title: names.give(`album ${number}`, 1, 5),
        seconds: chance.whole(95, 480),
      })),
      summary: names.sentence(70),
    };
  });
  if (albums.filter(({ owned }) => owned).length !== OWNED)
    throw new Error('The shelf is not of the size it should be');
  return { albums, names, chance };
}

/** Who reported a play: Last.fm alone, Roon alone, or both. */
export type Sources = 'lastfm' | 'roon' | 'both';

export interface InventedListen {
  playedAt: number;
  album: InventedAlbum;
  track: InventedTrack;
  sources: Sources;
  zone: string;
}

const ZONES = ['Living room', 'Kitchen', 'Study'];

/** Everything that was heard, oldest first: about 52 plays a day, albums from their first track, favourites often. */
export function* inventListens({ albums, chance }: InventedLibrary): Generator<InventedListen> {
  const liked = chance.shuffled(albums);
  const unheard = albums.filter(({ owned }) => !owned);
  const days = Math.floor((END - BEGIN) / DAY);
  let listens = 0;
  for (let day = 0; day < days && listens < SIZE.listens; day += 1) {
    const today =
      day === days - 1
        ? SIZE.listens - listens
        : Math.round(((SIZE.listens - listens) / (days - day)) * (0.5 + chance.next()));
    const withRoon = day > days * 0.8;
    // What was never on the shelf was heard whole in the early years.
    for (const listen of inventDay(today, BEGIN + day * DAY + 10 * 3_600, () =>
      chance.happens(0.5) ? unheard.pop() : undefined,
    )) {
      listens += 1;
      yield {
        ...listen,
        sources: withRoon ? chance.one(['lastfm', 'roon', 'both', 'both'] as const) : 'lastfm',
        zone: ZONES[day % 3]!,
      };
    }
  }

  function* inventDay(
    count: number,
    startsAt: number,
    next: () => InventedAlbum | undefined,
  ): Generator<Pick<InventedListen, 'playedAt' | 'album' | 'track'>> {
    let playedAt = startsAt;
    for (let played = 0; played < count;) {
      const waiting = count - played >= SIZE.tracksOfAlbum ? next() : undefined;
      const album = waiting ?? chance.favourite(liked);
      for (const track of album.tracks.slice(0, waiting ? undefined : chance.whole(1, SIZE.tracksOfAlbum))) {
        if (played === count) return;
        yield { playedAt, album, track };
        playedAt += track.seconds + 4;
        played += 1;
      }
    }
  }
}
