import { addTimes, type PlayingTime } from '#shared/analytics/playingTime.ts';
import { trackLengths } from '#shared/analytics/trackLengths.ts';
import type { PlaylistEntry } from '#shared/library/playlist.ts';
import type { AlbumEntry, Albums, Artists, Plays, Tracks, TrackView } from './types.ts';
import type { Catalogue } from './catalogue.ts';
import type { NamedTrack } from '#shared/mutations/optimisticState.ts';
import type { PlayCounts } from './plays.ts';

export class TrackStore implements Tracks {
  readonly #catalogue: Catalogue;
  readonly #albums: Albums;
  readonly #artists: Artists;
  readonly #plays: PlayCounts;

  constructor(catalogue: Catalogue, albums: Albums, artists: Artists, plays: PlayCounts) {
    this.#catalogue = catalogue;
    this.#albums = albums;
    this.#artists = artists;
    this.#plays = plays;
  }

  of({ trackId, ownerId }: { trackId: number; ownerId: number }): TrackView | null | undefined {
    const known = this.#view(trackId);
    if (known) return known;
    const entry = ownerId > 0 ? this.#albums.entry(String(ownerId)) : this.#artists.entry(String(-ownerId));
    if (entry === undefined) return undefined;
    // What this device does not have is on its way for as long as not everything has been here once.
    return this.#albums.complete && this.#artists.complete ? null : undefined;
  }

  get(trackId: number): TrackView | null | undefined {
    return this.#view(trackId) ?? (this.#albums.complete && this.#artists.complete ? null : undefined);
  }

  plays(trackId: number): Plays {
    return this.#plays.ofTrack(trackId);
  }

  playingTime(trackId: number): PlayingTime {
    this.#catalogue.signal.track();
    return this.#catalogue.playingTime(trackId);
  }

  playingTimeOf(entries: readonly Pick<PlaylistEntry, 'trackId' | 'artist' | 'title'>[]): PlayingTime {
    this.#catalogue.signal.track();
    const lengths = trackLengths(this.#catalogue.index);
    return addTimes(
      entries.map(({ trackId, artist, title }) =>
        trackId === null ? lengths.timeOfNames(artist ?? '', title ?? '') : this.playingTime(trackId),
      ),
    );
  }

  #view(trackId: number): TrackView | undefined {
    this.#catalogue.signal.track();
    const { index, albums, optimistic: state } = this.#catalogue;
    const facts = index.track(trackId);
    if (!facts)
      return namedView(trackId, state.named.get(trackId), (id) => albums.get(this.#catalogue.resolveAlbumId(id)));
    const { artists, line } = this.#catalogue.trackArtists(trackId);
    return {
      id: trackId,
      title: facts.title,
      loved: state.loves.get(trackId) ?? facts.loved,
      lovePending: state.loves.has(trackId),
      artists,
      artistLine: line,
      album: facts.albumId === null ? null : (albums.get(facts.albumId) ?? null),
      ...(facts.durationSeconds !== null && { durationSeconds: facts.durationSeconds }),
    };
  }
}

/** A track that waits to be sent by its names. */
function namedView(
  id: number,
  named: NamedTrack | undefined,
  albumOf: (id: string) => AlbumEntry | undefined,
): TrackView | undefined {
  if (!named) return undefined;
  const { title, artist, album, albumId, time } = named;
  return {
    id,
    title,
    loved: false,
    lovePending: false,
    artists: [],
    artistLine: artist,
    album: (albumId !== undefined && albumOf(albumId)) || null,
    unsent: { ...(album !== undefined && { album }) },
    ...(time.estimatedSeconds === 0 && { durationSeconds: time.seconds }),
  };
}
