import { splitCredits } from '#shared/matching/credits.ts';
import { textKey } from '#shared/matching/identity.ts';
import type { PlaylistDocument, PlaylistEntry } from '#shared/library/playlist.ts';
import type { TrackItem } from '../api/reads.ts';
import { type Core, listed } from '../core.ts';
import { named } from '../reads/named.ts';
import { trackItems } from '../reads/tracks.ts';

/** An entry as it is stored: `nameKey` is what it is found by while it has no track. */
export type StoredEntry = PlaylistEntry & { nameKey: string | null };

/**
 * The entries of a playlist with their tracks as far as these are known, and all as text. An id that belongs to a track of quite
 * another name (from a device that knew a former library) is not trusted: the text decides.
 */
export function namedEntries(core: Core, { id, entries }: PlaylistDocument): StoredEntry[] {
  const currentTracks = currentTracksOf(core, id);
  const ids = [...new Set(entries.flatMap(({ trackId }) => trackId ?? []))];
  const items = trackItems(core, ids);
  const tracks = new Map(ids.map((trackId, place) => [trackId, items[place]]));
  return entries.map((entry) => {
    const track = entry.trackId === null ? null : tracks.get(entry.trackId);
    const isMeant = track && (currentTracks.get(entry.entry) === track.id || !contradicts(entry, track));
    return isMeant ? { ...entry, trackId: track.id, ...trackNames(track, entry), nameKey: null } : byName(core, entry);
  });
}

/** Before a transaction ends: entries whose track went become text, those whose track came join it, and devices hear of both. */
export function settleEntries(core: Core): void {
  if (core.db.get('SELECT 1 FROM playlist_entries_due LIMIT 1') === undefined) return;
  const due = core.db.all<PlaylistEntry & { id: number; playlist: string; deleted: number; track: number | null }>(
    `SELECT playlist_tracks.id, playlists.uid AS playlist, deleted_at IS NOT NULL AS deleted, entry, track_id AS track, artist, title, album
     FROM playlist_entries_due JOIN playlist_tracks ON playlist_tracks.id = entry_id JOIN playlists ON playlists.id = playlist_id`,
  );
  for (const { id, playlist, deleted, track, ...entry } of due) {
    if (track !== null) continue;
    const { trackId, nameKey } = byName(core, { ...entry, trackId: null });
    core.db.run('UPDATE playlist_tracks SET track_id = ?, name_key = ? WHERE id = ?', trackId, nameKey, id);
    core.feed.touch('playlists', playlist, deleted === 1);
  }
  core.db.run('DELETE FROM playlist_entries_due');
  core.feed.settle();
}

/** The tracks that a playlist's places hold today, by the places' names. */
function currentTracksOf(core: Core, uid: string): Map<string, number> {
  return new Map(
    core.db.rows<[string, number]>(
      `SELECT entry, track_id FROM playlist_tracks JOIN playlists ON playlists.id = playlist_id
       WHERE playlists.uid IN (SELECT value FROM json_each(?)) AND track_id IS NOT NULL`,
      listed([uid]),
    ),
  );
}

/** The track is of another title and by others than the entry says. */
function contradicts({ artist, title }: PlaylistEntry, item: TrackItem): boolean {
  if (!title || !artist || textKey(title) === textKey(item.title)) return false;
  const keys = new Set([artist, splitCredits(artist).primary].map(textKey));
  return !item.artists.some(({ name }) => keys.has(textKey(name)));
}

/** The entry's own text, else the track's. */
function trackNames(
  { title, artists, album }: TrackItem,
  entry: PlaylistEntry,
): Pick<PlaylistEntry, 'artist' | 'title' | 'album'> {
  if (entry.title !== undefined) return {};
  const artist = artists.map(({ name }) => name).join(', ');
  return { title, ...(artist !== '' && { artist }), ...(album && { album: album.title }) };
}

function byName(core: Core, entry: PlaylistEntry): StoredEntry {
  const { artist, title, album } = entry;
  const trackId = artist && title ? named(core, { artist, title, album: album || null }).trackId : null;
  return { ...entry, trackId, nameKey: trackId === null && title ? textKey(title) : null };
}
