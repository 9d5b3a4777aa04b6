import { textKey } from '#shared/matching/identity.ts';
import type { MutationOf } from '#shared/mutations/registry.ts';
import { catalogue } from '../catalogue/reported.ts';
import type { Core } from '../core.ts';
import { isWhole } from '../catalogue/tracks.ts';
import { addTrack } from './manualAlbums.ts';
import { albumIdOf } from './targets.ts';

type Named = Pick<MutationOf<'log-named'>, 'artist' | 'album' | 'albumId' | 'tracks' | 'whole'>;
type Track = MutationOf<'add-listens'>['tracks'][number];

/**
 * The library's tracks of these names, made where there are none: on the record that is named, as long as it is there, else under the
 * artist and the record's title as any report is filed.
 */
export function namedTracks(core: Core, { artist, album, albumId, tracks, whole }: Named): Track[] {
  const record = albumId === undefined ? undefined : albumIdOf(core, albumId);
  // What a person lists of a record without tracks is its list; a whole record is no track of it.
  const isList =
    record !== undefined &&
    !whole &&
    core.db.get('SELECT 1 FROM tracks WHERE album_id = ? AND track_number IS NOT NULL', record) === undefined;
  const names = catalogue(core);
  return tracks.map(({ title, ...more }, index): Track => {
    if (record !== undefined)
      return {
        ...more,
        trackId: trackOfAlbum(core, record, {
          title,
          number: isList ? index + 1 : null,
          artist,
          seconds: more.durationSeconds,
          whole,
        }),
      };
    const reported = {
      artist,
      albumArtist: null,
      title,
      album: album ?? null,
      durationSeconds: more.durationSeconds ?? null,
      artistMbid: null,
      trackMbid: null,
      albumMbid: null,
      trackId: null,
      whole,
    };
    return { ...more, trackId: names.trackOf(reported).id };
  });
}

interface OnAlbum {
  title: string;
  /** Its place in the album's list; null where it is none of it. */
  number: number | null;
  artist: string;
  seconds: number | undefined;
  /** It is the record itself. */
  whole: true | undefined;
}

function trackOfAlbum(core: Core, albumId: number, { title, number, artist, seconds, whole }: OnAlbum): number {
  const known = core.db.get<{ id: number }>(
    `SELECT id FROM tracks WHERE album_id = ? AND title_key = ? AND ${isWhole('tracks')} = ? ORDER BY id LIMIT 1`,
    albumId,
    textKey(title),
    Number(whole ?? false),
  );
  const id = known?.id ?? addTrack(core, albumId, title, number, [artist]);
  if (known === undefined && whole) core.db.run(`UPDATE tracks SET kind = 'index' WHERE id = ?`, id);
  const hasDuration = seconds !== undefined && seconds > 0;
  const { changes } = hasDuration
    ? core.db.run(
        'UPDATE tracks SET duration_seconds = ? WHERE id = ? AND duration_seconds IS NULL',
        Math.max(1, Math.round(seconds)),
        id,
      )
    : { changes: 0 };
  if (changes > 0) core.followUps.tracks([id]);
  if (changes > 0 || known === undefined) core.feed.touch('albums', albumId);
  return id;
}
