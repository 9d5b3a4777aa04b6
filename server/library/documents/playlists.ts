import type { PlaylistDocument } from '#shared/library/playlist.ts';
import { type Core, listed } from '../core.ts';
import { grouped } from './credits.ts';

interface PlaylistRow {
  id: number;
  uid: string;
  name: string;
  algorithm: PlaylistDocument['algorithm'];
  ai_prompt: string | null;
  options: string | null;
  created_at: string;
  updated_at: string;
}

type EntryRow = [
  playlist: number,
  entry: string,
  trackId: number | null,
  artist: string | null,
  title: string | null,
  album: string | null,
  reason: string | null,
];

/**
 * The documents of these playlists, by UUID, deleted ones too. One that a model writes for the first time is no document yet;
 * one that it writes anew stays what it was.
 */
export function playlistDocuments(core: Core, uids: readonly string[]): Map<string, PlaylistDocument> {
  const rows = core.db.all<PlaylistRow>(
    `SELECT id, uid, name, algorithm, ai_prompt, options, created_at, updated_at FROM playlists
     WHERE uid IN (SELECT value FROM json_each(?)) AND (state = 'ready' OR track_count > 0)`,
    listed(uids),
  );
  const entries = grouped(
    core.db.rows<EntryRow>(
      `SELECT playlist_id, entry, track_id, artist, title, album, reason FROM playlist_tracks
       WHERE playlist_id IN (SELECT value FROM json_each(?)) ORDER BY playlist_id, position`,
      listed(rows.map(({ id }) => id)),
    ),
    ([, entry, trackId, artist, title, album, reason]) => ({
      entry,
      trackId,
      ...(artist !== null && { artist }),
      ...(title !== null && { title }),
      ...(album !== null && { album }),
      ...(reason !== null && { reason }),
    }),
  );
  return new Map(
    rows.map((row) => [
      row.uid,
      {
        id: row.uid,
        name: row.name,
        algorithm: row.algorithm,
        aiPrompt: row.ai_prompt,
        ...(row.options !== null && { options: JSON.parse(row.options) as PlaylistDocument['options'] }),
        createdAt: epochOf(row.created_at),
        updatedAt: epochOf(row.updated_at),
        entries: entries.get(row.id) ?? [],
      },
    ]),
  );
}

const epochOf = (iso: string): number => Math.floor(Date.parse(iso) / 1000);
