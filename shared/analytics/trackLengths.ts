import { USUAL_RECORD_SECONDS, USUAL_SECONDS } from '../journal/scrobbleRule.ts';
import { foldForSearch } from '../matching/fold.ts';
import { recordingKey } from '../matching/recording.ts';
import { NOWHERE, type LibraryIndex } from './libraryIndex.ts';
import type { PlayingTime } from './playingTime.ts';

/**
 * How long every track plays, in seconds, by one rule for all that adds times up (docs/decisions/0007-listening-time.md):
 *
 * 1. the length that is known of it;
 * 2. else that of the same recording elsewhere in the library: a track of the same first artist whose title has the same
 *    `recordingKey`;
 * 3. else the middle one of that artist's known lengths;
 * 4. else four minutes; also for a track without artist, and one that no document carries.
 *
 * A whole record that was heard as one is no track: where its length is not known it plays forty minutes, and says nothing of any other.
 *
 * The first artist is the first one credited on the track, or where it has no credits of its own, on its record; by folded name,
 * so that two documents of one name are one artist, also where Discogs numbers them: what is heard carries the name alone. Whoever
 * else is credited does not count. All that stands in the library counts, heard or not, owned or not, once for each place where it
 * stands, headings left out. Of several lengths the middle one counts, of an even number the lower of the two in the middle, so that
 * it is a length that some track has, and depends on the documents alone, in whatever order they came.
 *
 * An artist's tracks are looked at when a track of theirs is asked for whose length is unknown, once until the library changes.
 */
export class TrackLengths {
  readonly #library: LibraryIndex;
  readonly #names = new Map<string, number>();
  /** Of each artist number, its folded name's number, and the name as it was folded. */
  readonly #nameOf: number[] = [];
  readonly #folded: string[] = [];
  /** Of each track number, what was seen last, and its recording's key where it was needed. */
  readonly #titles: string[] = [];
  readonly #lengths: number[] = [];
  readonly #keys: (string | undefined)[] = [];
  #nameOfTrack = new Int32Array(0);
  #version = NaN;
  readonly #byArtist = new Map<number, Known>();
  /** Seconds by track number; 0 where none was asked for. */
  #estimates = new Int32Array(0);
  /** Below this track number every estimate is there. */
  #prepared = 0;
  /** The tracks of the artists of name n are `#tracks[#from[n]]` up to, without, `#tracks[#from[n + 1]]`. */
  #from = new Int32Array(1);
  #tracks = new Int32Array(0);

  constructor(library: LibraryIndex) {
    this.#library = library;
  }

  /** Seconds that a track plays, known or estimated, by its number; of one that no document carries (−1) four minutes. */
  seconds(track: number): number {
    return this.knownSeconds(track) || this.#estimate(track);
  }

  /** Seconds that a track is known to play; 0 where its length is unknown, or no document carries it. */
  knownSeconds(track: number): number {
    return track >= 0 && this.#library.trackAlbum[track] !== NOWHERE ? this.#library.trackSeconds[track]! : 0;
  }

  /** What `plays` plays of one track come to, by its number. */
  time(track: number, plays = 1): PlayingTime {
    const known = this.knownSeconds(track) * plays;
    if (known > 0) return { seconds: known, estimatedSeconds: 0 };
    const estimated = this.#estimate(track) * plays;
    return { seconds: estimated, estimatedSeconds: estimated };
  }

  /** The length of a play that is given in words alone. */
  timeOfNames(artist: string, title: string): PlayingTime {
    this.#follow();
    const seconds = this.#of(this.#names.get(foldForSearch(artist)) ?? NOBODY, () => recordingKey(title));
    return { seconds, estimatedSeconds: seconds };
  }

  /**
   * Makes ahead the estimates that are missing, in slices, so that no figure waits for all of them at once.
   * @param isEnough asked now and then; true ends the slice. @returns whether none is missing.
   */
  prepare(isEnough: () => boolean): boolean {
    this.#follow();
    const { length } = this.#library.trackIds;
    while (this.#prepared < length) {
      const track = this.#prepared++;
      if (this.knownSeconds(track) === 0) this.#estimate(track);
      if (this.#prepared % A_FEW === 0 && isEnough()) break;
    }
    return this.#prepared === length;
  }

  #estimate(track: number): number {
    const { trackAlbum, trackArtists, trackIsWhole } = this.#library;
    if ((trackAlbum[track] ?? NOWHERE) === NOWHERE) return USUAL_SECONDS;
    if (trackIsWhole[track]) return USUAL_RECORD_SECONDS;
    this.#follow();
    const [artist] = trackArtists[track]!;
    return (this.#estimates[track] ||= this.#of(artist === undefined ? NOBODY : this.#nameNumber(artist), () =>
      this.#key(track),
    ));
  }

  #of(name: number, key: () => string): number {
    const { middle, byRecording } = this.#known(name);
    if (middle === undefined) return USUAL_SECONDS;
    const same = byRecording.get(key());
    return same ? middleOf(same) : middle;
  }

  #known(name: number): Known {
    const made = this.#byArtist.get(name);
    if (made) return made;
    if (name === NOBODY) return NOTHING;
    const { trackSeconds } = this.#library;
    const all: number[] = [];
    const byRecording = new Map<string, number[]>();
    for (let at = this.#from[name]!; at < this.#from[name + 1]!; at++) {
      const track = this.#tracks[at]!;
      const seconds = trackSeconds[track]!;
      if (seconds === 0) continue;
      all.push(seconds);
      const key = this.#key(track);
      const same = byRecording.get(key);
      if (same) same.push(seconds);
      else byRecording.set(key, [seconds]);
    }
    const known: Known = all.length === 0 ? NOTHING : { byRecording, middle: middleOf(all) };
    this.#byArtist.set(name, known);
    return known;
  }

  /** Lays the tracks out by artist again once the library has changed, and forgets what was made of the artists it changed. */
  #follow(): void {
    const { version, trackIds, artistIds } = this.#library;
    if (this.#version === version) return;
    for (let artist = 0; artist < artistIds.length; artist++) this.#nameNumber(artist);
    const [before, changed] = [this.#nameOfTrack, new Set<number>()];
    this.#nameOfTrack = new Int32Array(trackIds.length).fill(NOBODY);
    const places = new Int32Array(this.#names.size + 1);
    for (let track = 0; track < trackIds.length; track++) {
      const name = (this.#nameOfTrack[track] = this.#nameOfFirstArtist(track));
      if (this.#isSame(track, name, before[track] ?? NOBODY)) continue;
      changed.add(name).add(before[track] ?? NOBODY);
    }
    for (const name of this.#nameOfTrack) if (name !== NOBODY) places[name + 1]!++;
    for (let name = 1; name < places.length; name++) places[name]! += places[name - 1]!;
    this.#from = places.slice();
    this.#tracks = new Int32Array(places[places.length - 1]!);
    const estimates = new Int32Array(trackIds.length);
    for (let track = 0; track < trackIds.length; track++) {
      const name = this.#nameOfTrack[track]!;
      if (name === NOBODY) continue;
      this.#tracks[places[name]!++] = track;
      if (!changed.has(name)) estimates[track] = this.#estimates[track]!;
    }
    this.#estimates = estimates;
    this.#prepared = 0;
    for (const name of changed) this.#byArtist.delete(name);
    this.#version = version;
  }

  /** A heading is no recording: whatever length is printed beside it is that of what follows. Nor is a whole record. */
  #nameOfFirstArtist(track: number): number {
    const { trackAlbum, trackArtists, trackIsHeading, trackIsWhole } = this.#library;
    const artist = trackArtists[track]![0];
    return artist === undefined || trackAlbum[track] === NOWHERE || trackIsHeading[track] || trackIsWhole[track]
      ? NOBODY
      : this.#nameOf[artist]!;
  }

  /** Whether a track says of its artist's lengths what it said before; notes what it says now. */
  #isSame(track: number, name: number, before: number): boolean {
    const [title, seconds] = [this.#library.trackTitles[track]!, this.#library.trackSeconds[track]!];
    const same = name === before && this.#lengths[track] === seconds && this.#titles[track] === title;
    if (this.#titles[track] !== title) [this.#titles[track], this.#keys[track]] = [title, undefined];
    this.#lengths[track] = seconds;
    return same;
  }

  #nameNumber(artist: number): number {
    const name = this.#library.artistNames[artist]!;
    if (this.#folded[artist] === name) return this.#nameOf[artist]!;
    const folded = foldForSearch(name);
    if (!this.#names.has(folded)) this.#names.set(folded, this.#names.size);
    this.#folded[artist] = name;
    return (this.#nameOf[artist] = this.#names.get(folded)!);
  }

  #key(track: number): string {
    return (this.#keys[track] ??= recordingKey(this.#titles[track]!));
  }
}

/** What is known of the lengths of an artist's tracks; `middle` is missing where none is. */
interface Known {
  byRecording: ReadonlyMap<string, number[]>;
  middle?: number;
}

/** So many tracks between two looks at whether a slice is over. */
const A_FEW = 64;
/** Stands for the name of a track without artists, and of an artist whom the library does not know. */
const NOBODY = -1;
const NOTHING: Known = { byRecording: new Map() };

const middleOf = (lengths: number[]): number => lengths.sort((a, b) => a - b)[(lengths.length - 1) >> 1]!;

const made = new WeakMap<LibraryIndex, TrackLengths>();

/** The lengths of a library's tracks, always as the library is now. */
export function trackLengths(library: LibraryIndex): TrackLengths {
  let lengths = made.get(library);
  if (!lengths) made.set(library, (lengths = new TrackLengths(library)));
  return lengths;
}
