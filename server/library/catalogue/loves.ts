import { textKey } from '#shared/matching/identity.ts';
import { splitCredits } from '#shared/matching/credits.ts';
import { nowSeconds } from '../../kit/clock.ts';
import { findArtist } from './artists.ts';
import { type Recording, recordings } from './recordings.ts';
import { trackById } from './trackById.ts';
import { touchTrackOwner } from './tracks.ts';
import type { Loves } from '../api/loves.ts';
import { type Core, listed } from '../core.ts';

/** How Last.fm names a track: as its artist and title are written here. */
const NAMED = `SELECT tracks.id AS trackId, tracks.title, tracks.loved, ifnull(
    (SELECT name FROM track_artist JOIN artists ON artists.id = artist_id WHERE track_id = tracks.id ORDER BY position LIMIT 1),
    (SELECT name FROM album_artist JOIN artists ON artists.id = artist_id WHERE album_artist.album_id = tracks.album_id ORDER BY position LIMIT 1)) AS artist,
  title_key AS key FROM tracks`;

interface NamedRow {
  trackId: number;
  title: string;
  loved: number;
  artist: string;
  key: string;
}

export function loves(core: Core): Loves {
  const { db } = core;
  return {
    seenUpstream: ({ artist, title }, loved) =>
      db.transaction(() => {
        const known = artistNamed(core, artist);
        return known !== undefined && seenUpstream(core, known.id, title, loved);
      }),
    named({ artist, title }) {
      const known = artistNamed(core, artist);
      return known === undefined ? [] : recordings(core, known.id, textKey(title)).map(({ id }) => id);
    },
    unsent: () =>
      onceARecording(
        db.all<NamedRow>(`${NAMED} WHERE loved <> ifnull(loved_upstream, 0) ORDER BY loved_at, tracks.id`),
      ),
    markSent: (trackId, loved) =>
      db.transaction(() => {
        const ids = recordingsOf(core, trackId).map(({ id }) => id);
        db.run(
          'UPDATE tracks SET loved_upstream = ? WHERE id IN (SELECT value FROM json_each(?))',
          Number(loved),
          listed(ids),
        );
      }),
    lovedUpstream: () => onceARecording(db.all<NamedRow>(`${NAMED} WHERE loved_upstream = 1 ORDER BY tracks.id`)),
    recordingOf: (trackId) => recordingsOf(core, trackId).map(({ id }) => id),
  };
}

/** Whose recordings Last.fm means by this credit: the first it names, whatever that artist became here. */
const artistNamed = (core: Core, credit: string) => findArtist(core, splitCredits(credit).primary);

/**
 * Takes over Last.fm's word on a recording where it is another than last time; on all its track rows.
 *
 * @returns true when the state changed here.
 */
export function seenUpstream(core: Core, artistId: number, title: string, loved: boolean): boolean {
  const value = Number(loved);
  const changed = recordings(core, artistId, textKey(title)).filter((track) => (track.loved_upstream ?? 0) !== value);
  if (changed.length === 0) return false;
  core.db.run(
    'UPDATE tracks SET loved_upstream = ? WHERE id IN (SELECT value FROM json_each(?))',
    value,
    listed(changed.map(({ id }) => id)),
  );
  return setLoved(core, artistId, changed, loved);
}

/** A person's decision on a track: it holds for the recording, on whichever album. @returns true when something changed. */
export function setLove(core: Core, trackId: number, loved: boolean): boolean {
  const track = trackById(core, trackId);
  if (track === undefined) return false;
  const all = recordingsOf(core, track.id);
  core.db.run(
    'UPDATE tracks SET loved_at = ? WHERE id IN (SELECT value FROM json_each(?))',
    nowSeconds(core.clock),
    listed(all.map(({ id }) => id)),
  );
  return setLoved(core, track.artistId, all, loved);
}

function setLoved(core: Core, artistId: number, tracks: readonly Recording[], loved: boolean): boolean {
  const turned = tracks.filter((track) => track.loved !== Number(loved));
  const ids = listed(turned.map(({ id }) => id));
  core.db.run('UPDATE tracks SET loved = ? WHERE id IN (SELECT value FROM json_each(?))', Number(loved), ids);
  core.db.run(
    'UPDATE listening_history SET loved = ? WHERE track_id IN (SELECT value FROM json_each(?))',
    Number(loved),
    ids,
  );
  for (const track of turned) touchTrackOwner(core, { albumId: track.album_id, artistId });
  return turned.length > 0;
}

function recordingsOf(core: Core, trackId: number): Recording[] {
  const track = trackById(core, trackId);
  if (track === undefined) return [];
  const { title_key: key } = core.db.get<{ title_key: string }>('SELECT title_key FROM tracks WHERE id = ?', track.id)!;
  return recordings(core, track.artistId, key);
}

function onceARecording(
  rows: readonly NamedRow[],
): { trackId: number; artist: string; title: string; loved: boolean }[] {
  const first = new Map<string, NamedRow>();
  for (const row of rows) if (!first.has(`${row.artist}\0${row.key}`)) first.set(`${row.artist}\0${row.key}`, row);
  return [...first.values()].map(({ trackId, artist, title, loved }) => ({
    trackId,
    artist,
    title,
    loved: loved === 1,
  }));
}
