import { endOf } from '#shared/journal/needle.ts';
import { heardBy } from '#shared/journal/sounding.ts';
import { displayName } from '#shared/matching/identity.ts';
import { nowSeconds } from '../../kit/clock.ts';
import { removeIdleTrack } from '../catalogue/removal.ts';
import { type Catalogue, catalogue } from '../catalogue/reported.ts';
import { trackById } from '../catalogue/trackById.ts';
import { type Core, listed } from '../core.ts';
import { adoptable } from '../listens/adoption.ts';
import { evidence, insertScrobbles, type NewReport, type ScrobbleRow } from '../listens/evidence.ts';
import { keepListenNote } from '../listens/notes.ts';
import { resolve, removeWithRedirect } from '../listens/resolve.ts';
import { takeReportedOut } from '../listens/takeReportedOut.ts';
import { openRollups } from '../rollups/rollups.ts';
import { type StoredSession, storeSession, touchTurntable } from './sessions.ts';

/** A track of a group that a person logs, and when it began. */
export interface LoggedTrack {
  /** Its name within the group, as `HeardTrack` says. */
  number: number;
  trackId: number;
  playedAt: number;
  durationSeconds: number | undefined;
  /** It stands for a whole record. */
  whole?: true | undefined;
}

interface Named {
  id: number;
  title: string;
  duration_seconds: number | null;
  album: string | null;
  artist: string;
  album_artist: string | null;
}

/** A person's own report of a track, under its group's name and its own within it. Undefined for a track that is not in the library any more. */
export function createManualReport(
  core: Core,
  group: string,
  { number, trackId, playedAt, durationSeconds, whole }: LoggedTrack,
): NewReport | undefined {
  const today = trackById(core, trackId);
  if (today === undefined) return undefined;
  const track = namesOfTrack(core, today.id);
  return {
    source: 'manual',
    sourceKey: `${group}:${number}`,
    playedAt,
    artist: track.artist,
    title: track.title,
    album: track.album ?? undefined,
    albumArtist: track.album_artist ?? undefined,
    durationSeconds: durationSeconds ?? track.duration_seconds ?? undefined,
    raw: { group, number, trackId, ...(whole && { whole }) },
    trackId: track.id,
  };
}

/** What the library says of a track's length, in seconds. */
export const lengthOf = (core: Core, trackId: number): number | undefined =>
  core.db.get<{ seconds: number | null }>(
    'SELECT duration_seconds AS seconds FROM tracks WHERE id = ?',
    trackById(core, trackId)?.id,
  )?.seconds ?? undefined;

function namesOfTrack(core: Core, trackId: number): Named {
  const row = core.db.get<Omit<Named, 'artist'> & { artist: string | null }>(
    `SELECT tracks.id, tracks.title, duration_seconds, albums.title AS album,
       (SELECT name FROM track_artist JOIN artists ON artists.id = artist_id WHERE track_id = tracks.id ORDER BY position LIMIT 1) AS artist,
       (SELECT name FROM album_artist JOIN artists ON artists.id = artist_id WHERE album_artist.album_id = tracks.album_id ORDER BY position LIMIT 1) AS album_artist
     FROM tracks LEFT JOIN albums ON albums.id = album_id WHERE tracks.id = ?`,
    trackId,
  )!;
  const named = (name: string | null) => (name === null ? null : displayName(name));
  return { ...row, artist: named(row.artist) ?? named(row.album_artist) ?? '', album_artist: named(row.album_artist) };
}

/** The group's reports, those taken back too; ";" is the character after ":". */
export function groupRows(core: Core, group: string): ScrobbleRow[] {
  const keys = core.db.rows<[string]>(
    `SELECT source_key FROM scrobbles WHERE source = 'manual' AND source_key >= ? AND source_key < ?`,
    `${group}:`,
    `${group};`,
  );
  return evidence.byKeys(
    core,
    'manual',
    keys.map(([key]) => key),
  );
}

/** Stores reports that are not known yet, and finds their listens. What a replica gave already gets the group's name back. */
export function writeReports(core: Core, reports: readonly NewReport[], fromFormerLife = false): void {
  const known = new Set(
    evidence
      .byKeys(
        core,
        'manual',
        reports.map(({ sourceKey }) => sourceKey),
      )
      .map((row) => row.source_key),
  );
  const unknown = reports.filter(({ sourceKey }) => !known.has(sourceKey));
  const rebuilt = adoptable(core, unknown, new Set());
  for (const [{ sourceKey }, { id }] of rebuilt)
    core.db.run('UPDATE scrobbles SET source_key = ? WHERE id = ?', sourceKey, id);
  const rows = insertScrobbles(
    core,
    unknown.filter((report) => !rebuilt.has(report)),
    nowSeconds(core.clock),
  );
  resolve(core, catalogue(core), rows);
  // What is logged in this life is no play that figures of another count.
  if (fromFormerLife) takeReportedOut(core, openRollups(core), rows);
}

/** Takes a person's own reports back; listens without other reports are removed. */
export function withdraw(core: Core, rows: readonly ScrobbleRow[]): void {
  const current = rows.filter(({ state }) => state === 'resolved');
  const archived = rows.filter(({ state }) => state === 'archived');
  core.db.run(
    `UPDATE scrobbles SET state = 'withdrawn' WHERE id IN (SELECT value FROM json_each(?))`,
    listed(rows.map(({ id }) => id)),
  );
  removeFromArchive(
    core,
    archived.flatMap(({ listen_id: id }) => id ?? []),
  );
  const names = catalogue(core);
  for (const { listen_id: listenId } of current) {
    if (listenId === null) continue;
    const others = evidence.ofListen(core, listenId);
    if (others.length > 0) {
      resolve(core, names, others);
      continue;
    }
    keepListenNote(core, listenId, 'removed');
    removeWithRedirect(core, names, listenId, null);
  }
}

/** Archived listens without any report left leave their months' figures; the archive's file does not bring them back. */
function removeFromArchive(core: Core, listenIds: readonly number[]): void {
  const unreported = listenIds.filter((id) => evidence.ofListen(core, id).length === 0);
  const gone = core.db.rows<[number, number]>(
    'DELETE FROM archived_listens WHERE listen_id IN (SELECT value FROM json_each(?)) RETURNING timestamp, track_id',
    listed(unreported),
  );
  const rollups = openRollups(core);
  rollups.refresh(gone.map(([playedAt]) => rollups.monthOf(playedAt)));
  for (const [, trackId] of gone) {
    const track = trackById(core, trackId);
    if (track !== undefined) removeIdleTrack(core, track);
  }
}

/**
 * Brings the journal in line with a session as it is known now: what was heard and is not there is written, what was not heard after
 * all is taken back, what began at another time is moved. The same any number of times.
 *
 * @param now seconds since the epoch.
 */
export function writeHeard(core: Core, session: StoredSession, now: number, fromFormerLife = false): void {
  if (session.state !== 'open') return;
  const rows = new Map(groupRows(core, session.id).map((row) => [row.source_key, row]));
  // A whole record that is listed by its tracks by now.
  if ([...rows.keys()].some((key) => key.includes('.'))) return storeSession(core, { ...session, state: 'over' });
  const heard = new Map(heardBy(session, now).map((track) => [`${session.id}:${track.number}`, track]));
  const unheard = [...rows.values()].filter(
    ({ source_key: key, state }) => !heard.has(key) && (state === 'resolved' || state === 'archived'),
  );
  if (unheard.length > 0) withdraw(core, unheard);
  const fresh: NewReport[] = [];
  const names = catalogue(core);
  let changed = unheard.length > 0;
  for (const [key, track] of heard) {
    const row = rows.get(key);
    if (row !== undefined) {
      changed = bringInLine(core, names, row, track.playedAt) || changed;
      continue;
    }
    const { seconds, about, whole } = session.tracks[track.place]!;
    const report = createManualReport(core, session.id, {
      ...track,
      durationSeconds: about ? undefined : seconds,
      whole,
    });
    if (report !== undefined) fresh.push(report);
  }
  if (fresh.length > 0) writeReports(core, fresh, fromFormerLife);
  if (endOf(session) <= now) end(core, session);
  else if (changed || fresh.length > 0) touchTurntable(core);
}

/** The session is over. What the library has for it alone, and was not heard, goes. */
function end(core: Core, session: StoredSession): void {
  storeSession(core, { ...session, state: 'over' });
  removeUnheard(core, session);
}

/** Removes the tracks of a session that is open no more, as far as nothing else holds them. */
export function removeUnheard(core: Core, session: Pick<StoredSession, 'tracks'>): void {
  for (const { trackId } of session.tracks) {
    const track = trackById(core, trackId);
    if (track !== undefined) removeIdleTrack(core, track);
  }
}

/** A report that is there already: what was taken back stands again, and begins when it did. What a person deleted stays so. */
function bringInLine(core: Core, names: Catalogue, row: ScrobbleRow, playedAt: number): boolean {
  const isBack = row.state === 'withdrawn';
  if (!isBack && (row.state !== 'resolved' || row.played_at === playedAt)) return false;
  core.db.run(
    `UPDATE scrobbles SET played_at = ?, state = 'resolved', listen_id = CASE WHEN state = 'withdrawn' THEN NULL ELSE listen_id END WHERE id = ?`,
    playedAt,
    row.id,
  );
  const partners =
    isBack || row.listen_id === null ? [] : evidence.ofListen(core, row.listen_id).filter(({ id }) => id !== row.id);
  resolve(core, names, [evidence.byId(core, row.id)!, ...partners]);
  return true;
}
