/** Rows of the library's file, by the plainest queries there are. */
type Rows = <Row extends unknown[]>(sql: string, ...values: (string | number)[]) => Row[];

/** Seconds of music, and how many of them are estimated. */
export interface Played {
  seconds: number;
  estimated: number;
}

interface TrackRow extends Played {
  id: number;
  title: string;
  album: number | null;
  /** As credited, in order: the track's own credits, else its record's. */
  artists: number[];
  loved: boolean;
  /** A heading is never played. */
  isHeading: boolean;
  /** Holds the pieces that are listed after it, and is played in them. */
  isWhole: boolean;
}

interface AlbumRow {
  id: number;
  title: string;
  year: number | null;
  support: string | null;
  /** What its pressings share. */
  group: string;
  genres: string[];
  labels: string[];
  artists: number[];
  isOwned: boolean;
  addedAt: number | null;
  hasPicture: boolean;
}

/** A listen with everything that is counted of it. */
export interface Heard extends Played {
  at: number;
  /** The household's date, as the row has it. */
  day: string;
  hour: number;
  /** Monday is 0. */
  weekday: number;
  source: string;
  track: TrackRow;
  album: AlbumRow | null;
}

const MONTH_SECONDS = 2_629_746;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
/** The recording a title is of, by this household's titles: a remaster is the same as the song, a concert is not. */
const recordingOf = (title: string): string => plain(title.replace(' (2011 Remaster)', ''));
const middleOf = (lengths: readonly number[]): number | undefined =>
  lengths.toSorted((a, b) => a - b)[Math.ceil(lengths.length / 2) - 1];
/** The day so many days later. */
export const dayAfter = (day: string, days = 1): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** How often each key occurs. */
export function countedBy<T, K>(things: Iterable<T>, keysOf: (thing: T) => Iterable<K>): Map<K, number> {
  const counts = new Map<K, number>();
  for (const thing of things) for (const key of keysOf(thing)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** The counts alone, most first. */
export const mostFirst = (counts: ReadonlyMap<unknown, number>): number[] => [...counts.values()].sort((a, b) => b - a);

/** A household's figures, each counted one listen at a time with no thought for speed, from rows that no index and no device has touched. */
export class CountedAgain {
  readonly heard: readonly Heard[];
  readonly albums: ReadonlyMap<number, AlbumRow>;
  readonly tracks: ReadonlyMap<number, TrackRow>;
  readonly artists: ReadonlyMap<number, string>;
  /** Discs and files on the shelf: a record may stand there twice. */
  readonly copies: number;
  readonly playlists: readonly { id: string; name: string; tracks: number[] }[];

  constructor(rows: Rows, timeZone: string) {
    // Discogs tells two of one name apart by a number, which no page writes.
    this.artists = new Map(
      rows<[number, string]>('SELECT id, name FROM artists').map(([id, name]) => [id, name.replace(/ \(\d+\)$/, '')]),
    );
    const credits = (table: 'track_artist' | 'album_artist', of: string): Map<number, number[]> => {
      const found = new Map<number, number[]>();
      for (const [id, artist] of rows<[number, number]>(
        `SELECT ${of}, artist_id FROM ${table} ORDER BY ${of}, position, artist_id`,
      ))
        found.set(id, [...(found.get(id) ?? []), artist]);
      return found;
    };
    const [ofTrack, ofAlbum] = [credits('track_artist', 'track_id'), credits('album_artist', 'album_id')];
    this.albums = new Map(
      rows<
        [
          number,
          string,
          number | null,
          string | null,
          string | null,
          string,
          string | null,
          number,
          number | null,
          number,
        ]
      >(
        `SELECT id, title, year, support, master_id, genres, (SELECT labels FROM metadata WHERE album_id = albums.id),
           EXISTS (SELECT 1 FROM copies WHERE album_id = albums.id), (SELECT min(date_added) FROM copies WHERE album_id = albums.id),
           EXISTS (SELECT 1 FROM images WHERE album_id = albums.id) FROM albums`,
      ).map(([id, title, year, support, master, genres, labels, isOwned, addedAt, hasPicture]) => [
        id,
        {
          id,
          title,
          year,
          support,
          group: master === null ? `album ${id}` : `master ${master}`,
          genres: JSON.parse(genres) as string[],
          labels: [...new Set((JSON.parse(labels ?? '[]') as { name: string }[]).map(({ name }) => name))],
          artists: ofAlbum.get(id) ?? [],
          isOwned: isOwned === 1,
          addedAt,
          hasPicture: hasPicture === 1,
        },
      ]),
    );
    const trackRows = rows<[number, string, number | null, number | null, number, string | null]>(
      'SELECT id, title, album_id, duration_seconds, loved, kind FROM tracks ORDER BY album_id, track_number, id',
    ).map(([id, title, album, seconds, loved, kind], place, all) => ({
      isWhole: kind === 'index' && all[place + 1]?.[2] === album && all[place + 1]?.[5] === 'sub-track',
      id,
      title,
      album,
      known: seconds ?? 0,
      loved: loved === 1,
      isHeading: kind === 'heading',
      artists: ofTrack.get(id) ?? (album === null ? [] : (ofAlbum.get(album) ?? [])),
    }));
    const firstOf = ({ artists: [first] }: { artists: number[] }): string | undefined =>
      first === undefined ? undefined : plain(this.artists.get(first)!);
    // The rule of how long music plays: its own length; else that of the same recording elsewhere; else the artist's middle one; else four minutes.
    const estimateOf = (track: (typeof trackRows)[number]): number => {
      const theirs = trackRows.filter(
        (each) => each.known > 0 && !each.isHeading && firstOf(track) !== undefined && firstOf(each) === firstOf(track),
      );
      const same = theirs.filter(({ title }) => recordingOf(title) === recordingOf(track.title));
      return middleOf((same.length > 0 ? same : theirs).map(({ known }) => known)) ?? 240;
    };
    this.tracks = new Map(
      trackRows.map(({ known, ...track }) => {
        const estimated = known > 0 ? 0 : estimateOf({ known, ...track });
        return [track.id, { ...track, seconds: known || estimated, estimated }];
      }),
    );
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23', weekday: 'short' });
    this.heard = rows<[number, string, number, string]>(
      'SELECT timestamp, date, track_id, source FROM listening_history ORDER BY timestamp, id',
    ).map(([at, day, trackId, source]) => {
      const parts = Object.fromEntries(clock.formatToParts(at * 1_000).map(({ type, value }) => [type, value]));
      const track = this.tracks.get(trackId)!;
      return {
        at,
        day,
        hour: Number(parts['hour']),
        weekday: WEEKDAYS.indexOf(parts['weekday']!),
        source,
        track,
        album: track.album === null ? null : this.albums.get(track.album)!,
        seconds: track.seconds,
        estimated: track.estimated,
      };
    });
    this.copies = rows('SELECT 1 FROM copies').length;
    this.playlists = rows<[number, string, string]>('SELECT id, uid, name FROM playlists WHERE deleted_at IS NULL').map(
      ([id, uid, name]) => ({
        id: uid,
        name,
        tracks: rows<[number]>('SELECT track_id FROM playlist_tracks WHERE playlist_id = ? ORDER BY position', id).map(
          ([track]) => track,
        ),
      }),
    );
  }

  /** The listens of these days, both among them; of all without. */
  in(from = '', to = '9'): Heard[] {
    return this.heard.filter(({ day }) => day >= from && day <= to);
  }

  /** Those on the shelf. */
  get owned(): AlbumRow[] {
    return [...this.albums.values()].filter(({ isOwned }) => isOwned);
  }

  /** How long all of it plays. */
  time(played: Iterable<Played>): Played {
    const total = { seconds: 0, estimated: 0 };
    for (const { seconds, estimated } of played) {
      total.seconds += seconds;
      total.estimated += estimated;
    }
    return total;
  }

  /** When each was heard first, whatever the period. */
  firstHeard<K>(keysOf: (heard: Heard) => Iterable<K>): Map<K, Heard> {
    const first = new Map<K, Heard>();
    for (const heard of this.heard) for (const key of keysOf(heard)) if (!first.has(key)) first.set(key, heard);
    return first;
  }

  /** Keys that were heard in these days, and never before. */
  newIn<K>(heard: readonly Heard[], keysOf: (heard: Heard) => Iterable<K>): Set<K> {
    const first = this.firstHeard(keysOf);
    return new Set(heard.flatMap((each) => [...keysOf(each)].filter((key) => heard.includes(first.get(key)!))));
  }

  /** The longest stretch of these listens without twenty minutes of silence. */
  longestSession(heard: readonly Heard[]): Played {
    let [longest, start, end, estimated] = [{ seconds: -1, estimated: 0 }, NaN, -Infinity, 0];
    for (const each of heard) {
      if (each.at - end > 1_200) [start, end] = [each.at, -Infinity];
      if (each.at + each.seconds > end) [end, estimated] = [each.at + each.seconds, each.estimated];
      if (end - start > longest.seconds) longest = { seconds: end - start, estimated };
    }
    return longest;
  }

  /** Most days in a row among these listens. */
  longestStreak(heard: readonly Heard[]): number {
    const days = new Set(heard.map(({ day }) => day));
    let longest = 0;
    for (const day of days) {
      let length = 1;
      while (days.has(dayAfter(day, length))) length += 1;
      if (!days.has(dayAfter(day, -1))) longest = Math.max(longest, length);
    }
    return longest;
  }

  /** Days in a row up to today, or to yesterday while today has nothing. */
  currentStreak(today: string): number {
    const days = new Set(this.heard.map(({ day }) => day));
    const last = days.has(today) ? today : dayAfter(today, -1);
    let length = 0;
    while (days.has(dayAfter(last, -length))) length += 1;
    return length;
  }

  /** Artists who were heard in these days after a year of silence or more: the listens around the longest one of each. */
  comebacks(heard: readonly Heard[]): Map<number, { before: Heard; after: Heard }> {
    const back = new Map<number, { before: Heard; after: Heard }>();
    const last = new Map<number, Heard>();
    for (const after of this.heard) {
      for (const artist of new Set(after.track.artists)) {
        const [before, known] = [last.get(artist), back.get(artist)];
        last.set(artist, after);
        if (before === undefined || after.at - before.at < 12 * MONTH_SECONDS || !heard.includes(after)) continue;
        if (!known || after.at - before.at > known.after.at - known.before.at) back.set(artist, { before, after });
      }
    }
    return back;
  }

  /** Listens by the support of the record on the shelf that they are of, in whatever pressing; those of none under null. */
  owningOf(heard: readonly Heard[]): Map<string | null, number> {
    const supportOf = (album: AlbumRow): string | null => {
      if (album.isOwned) return album.support ?? '';
      const other = this.owned.filter(({ group }) => group === album.group).sort((a, b) => a.id - b.id)[0];
      return other ? (other.support ?? '') : null;
    };
    return countedBy(heard, ({ album }) => [album === null ? null : supportOf(album)]);
  }

  /** The decade in which any pressing of a record came out first. */
  decadesOf(heard: readonly Heard[]): Map<string, number> {
    const years = (group: string): number[] =>
      [...this.albums.values()]
        .filter((album) => album.group === group && album.year !== null)
        .map(({ year }) => year!);
    return countedBy(heard, ({ album }) => {
      const all = album === null ? [] : years(album.group);
      return all.length === 0 ? [] : [String(Math.floor(Math.min(...all) / 10) * 10)];
    });
  }
}

/** A listen counts once for each artist. */
export const artistsOf = ({ track }: Heard): Iterable<number> => new Set(track.artists);
export const groupOf = ({ album }: Heard): string[] => (album === null ? [] : [album.group]);
