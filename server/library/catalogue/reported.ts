import { identityKey } from '#shared/matching/identity.ts';
import { splitCredits } from '#shared/matching/credits.ts';
import type { Core } from '../core.ts';
import { findFormer } from '../formerIds.ts';
import { artistNamed, findArtist, type ArtistRow } from './artists.ts';
import { albumNamed } from './albums.ts';
import { trackNamed, type TrackRow } from './tracks.ts';

/** The names a report of a play carries. */
export interface ReportedNames {
  source: string;
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
}

/** Finds or makes the track a report names. What it found it remembers, so use one for one call and no longer. */
export interface Catalogue {
  trackOf(reported: ReportedNames): TrackRow;
  /** The artist a credit is known by, with those further credited. */
  artistsOf(credit: string): ArtistRow[];
  /** Forgets what it remembers, after something was removed or merged. */
  forget(): void;
}

export function catalogue(core: Core): Catalogue {
  const tracks = new Map<string, TrackRow>();
  const credits = new Map<string, ArtistRow[]>();

  function artistsOf(credit: string, mbid?: string): ArtistRow[] {
    let artists = credits.get(credit);
    if (artists === undefined) credits.set(credit, (artists = resolveCredit(core, credit, mbid)));
    return artists;
  }

  function resolve(reported: ReportedNames): TrackRow {
    const artists = artistsOf(reported.artist, reported.artistMbid ?? undefined);
    const albumArtists = reported.albumArtist === null ? artists.slice(0, 1) : artistsOf(reported.albumArtist);
    const albumId =
      reported.album === null ? null : albumNamed(core, { title: reported.album, artists: albumArtists, mbid: reported.albumMbid ?? undefined });
    return trackNamed(core, {
      title: reported.title,
      albumId,
      artists,
      durationSeconds: reported.durationSeconds,
      mbid: reported.trackMbid,
    });
  }

  return {
    artistsOf: (credit) => artistsOf(credit),
    trackOf(reported) {
      const named = reported.trackId === null ? undefined : trackById(core, reported.trackId);
      if (named !== undefined) return named;
      const key = [reported.artist, reported.albumArtist, reported.album, reported.title, reported.durationSeconds === null].join('\0');
      let track = tracks.get(key);
      if (track === undefined) tracks.set(key, (track = resolve(reported)));
      return track;
    },
    forget() {
      tracks.clear();
      credits.clear();
    },
  };
}

/** A credit that is somebody's alias as it stands is theirs whole; else it is taken apart. */
function resolveCredit(core: Core, credit: string, mbid?: string): ArtistRow[] {
  const { primary, others } = splitCredits(credit);
  const whole = others.length === 0 ? undefined : aliasOf(core, credit);
  if (whole !== undefined) return [whole];
  const artists = [artistNamed(core, primary, others.length === 0 ? { mbid } : {}), ...others.map((name) => artistNamed(core, name))];
  return artists.filter(({ id }, index) => artists.findIndex((artist) => artist.id === id) === index);
}

function aliasOf(core: Core, credit: string): ArtistRow | undefined {
  const isAlias = core.db.get('SELECT 1 FROM artist_aliases WHERE name_key = ?', identityKey(credit)) !== undefined;
  return isAlias ? findArtist(core, credit) : undefined;
}

/** A track by its id, or by one it had before it became one with another. */
export function trackById(core: Core, id: number): TrackRow | undefined {
  const row = core.db.get<{ id: number; album_id: number | null; artist_id: number | null }>(
    `SELECT tracks.id, album_id, ifnull(
       (SELECT artist_id FROM track_artist WHERE track_id = tracks.id ORDER BY position LIMIT 1),
       (SELECT artist_id FROM album_artist WHERE album_artist.album_id = tracks.album_id ORDER BY position LIMIT 1)) AS artist_id
     FROM tracks WHERE id = ?`,
    findFormer(core, 'track', id),
  );
  return row === undefined ? undefined : { id: row.id, albumId: row.album_id, artistId: row.artist_id ?? 0 };
}
