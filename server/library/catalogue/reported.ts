import { splitCredits } from '#shared/matching/credits.ts';
import { identityKey } from '#shared/matching/identity.ts';
import type { Core } from '../core.ts';
import { albumKey, type AlbumRow, createAlbum, findAlbums, type HeardAlbum } from './albums.ts';
import { type ArtistRow, createArtist, findArtists } from './artists.ts';
import { trackById } from './trackById.ts';
import { tracksNamed, type TrackRow } from './tracks.ts';

/** The names a report of a play carries. */
export interface ReportedNames {
  artist: string;
  albumArtist: string | null;
  title: string;
  album: string | null;
  durationSeconds: number | null;
  artistMbid: string | null;
  trackMbid: string | null;
  albumMbid: string | null;
  /** The very track a person named. */
  trackId: number | null;
  /** The record itself, heard as one. */
  whole?: true | undefined;
}

/** Finds or makes the tracks that reports name. It remembers what it found, so use one for one call and no longer. */
export interface Catalogue {
  /** Looks many up together: a query a table, however many they are. */
  prepare(reported: readonly ReportedNames[]): void;
  trackOf(reported: ReportedNames): TrackRow;
  /** The artist a credit is known by, with those further credited. */
  artistsOf(credit: string): readonly ArtistRow[];
  /** Forgets what it remembers, after something was removed or merged. */
  forget(): void;
}

/** @param completing what reports say of tracks that are known is added to those; false for reports that did so when they came. */
export function catalogue(core: Core, { completing = true } = {}): Catalogue {
  const tracks = new Map<string, TrackRow>();
  const credits = new Map<string, readonly ArtistRow[]>();
  const albums = new Map<string, AlbumRow>();

  function prepareCredits(wanted: ReadonlyMap<string, string | null>): void {
    const fresh = [...wanted].filter(([credit]) => !credits.has(credit));
    const split = fresh.map(([credit]) => splitCredits(credit));
    const asked = [...fresh.map(([credit]) => credit), ...split.flatMap(({ primary, others }) => [primary, ...others])];
    const known = findArtists(core, new Set(asked.map(identityKey)));
    const named = (name: string, mbid: string | null = null) => {
      const key = identityKey(name);
      const artist = known.get(key) ?? createArtist(core, name, mbid);
      known.set(key, artist);
      return artist;
    };
    fresh.forEach(([credit, mbid], index) => {
      const { primary, others } = split[index]!;
      // A credit of several that is somebody's alias as it stands is theirs whole.
      const whole = others.length === 0 ? undefined : known.get(identityKey(credit));
      const isAlias = whole !== undefined && whole.name_key !== identityKey(credit);
      const artists = isAlias
        ? [whole]
        : [named(primary, others.length === 0 ? mbid : null), ...others.map((name) => named(name))];
      credits.set(
        credit,
        artists.filter(({ id }, place) => artists.findIndex((artist) => artist.id === id) === place),
      );
    });
  }

  function prepareAlbums(wanted: readonly HeardAlbum[]): void {
    const fresh = new Map(wanted.map((album) => [albumKey(album), album] as const).filter(([key]) => !albums.has(key)));
    if (fresh.size === 0) return;
    const known = findAlbums(core, [...fresh.values()]);
    for (const [key, album] of fresh) albums.set(key, known.get(key) ?? createAlbum(core, album));
  }

  const artistsOf = (credit: string): readonly ArtistRow[] => {
    if (!credits.has(credit)) prepareCredits(new Map([[credit, null]]));
    return credits.get(credit)!;
  };

  const albumOf = ({ album, albumArtist, artist, albumMbid }: ReportedNames): HeardAlbum | null =>
    album === null
      ? null
      : {
          title: album,
          artists: albumArtist === null ? artistsOf(artist).slice(0, 1) : artistsOf(albumArtist),
          mbid: albumMbid,
        };

  function prepare(reported: readonly ReportedNames[]): void {
    const fresh = new Map(
      reported.filter(({ trackId }) => trackId === null).map((one) => [namesKey(one), one] as const),
    );
    for (const key of fresh.keys()) if (tracks.has(key)) fresh.delete(key);
    if (fresh.size === 0) return;
    const wanted = [...fresh.values()];
    const named = new Map<string, string | null>();
    for (const { artist, albumArtist, artistMbid } of wanted) {
      named.set(artist, artistMbid);
      if (albumArtist !== null && !named.has(albumArtist)) named.set(albumArtist, null);
    }
    prepareCredits(named);
    prepareAlbums(wanted.map(albumOf).filter((album) => album !== null));
    const rows = tracksNamed(
      core,
      wanted.map((one) => {
        const album = albumOf(one);
        return {
          title: one.title,
          album: album === null ? null : albums.get(albumKey(album))!,
          artists: artistsOf(one.artist),
          durationSeconds: one.durationSeconds,
          mbid: one.trackMbid,
          whole: one.whole,
        };
      }),
      completing,
    );
    wanted.forEach((one, index) => tracks.set(namesKey(one), rows[index]!));
  }

  return {
    prepare,
    artistsOf,
    trackOf(reported) {
      const named = reported.trackId === null ? undefined : trackById(core, reported.trackId);
      if (named !== undefined) return named;
      const asNamed = { ...reported, trackId: null };
      prepare([asNamed]);
      return tracks.get(namesKey(asNamed))!;
    },
    forget() {
      tracks.clear();
      credits.clear();
      albums.clear();
    },
  };
}

const namesKey = ({ artist, albumArtist, album, title, durationSeconds, whole }: ReportedNames): string =>
  [artist, albumArtist, album, title, durationSeconds === null, whole].join('\0');
