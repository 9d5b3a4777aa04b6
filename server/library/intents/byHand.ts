import { isPossibleMoment } from '#shared/library/moments.ts';
import { USUAL_SECONDS } from '#shared/library/track.ts';
import { displayName } from '#shared/matching/identity.ts';
import type { Intent } from '#shared/sync/intents.ts';
import { nowSeconds } from '../../kit/clock.ts';
import { removeIdleTrack } from '../catalogue/removal.ts';
import { catalogue } from '../catalogue/reported.ts';
import { trackById } from '../catalogue/trackById.ts';
import { type Core, listed } from '../core.ts';
import { adoptable } from '../listens/adoption.ts';
import { evidence, insertScrobbles, type NewReport, type ScrobbleRow } from '../listens/evidence.ts';
import { resolve, vanish } from '../listens/resolve.ts';
import { takeReportedOut } from '../rebuild/givenFigures.ts';
import { openRollups } from '../rollups.ts';
import type { Arrival, Handlers } from './handler.ts';
import { keepListenNote } from './notes.ts';
import { refuse, trackNamedBy } from './targets.ts';

type AddListens = Extract<Intent, { kind: 'add-listens' }>;

/** So far back a person says when something was heard by what day it is: tonight, yesterday, on Sunday. */
const LATELY_SECONDS = 7 * 86_400;

/** "I am playing this": a person's own reports, resolved like those of any source. */
export const byHand: Handlers<'add-listens' | 'remove-listens'> = {
  'add-listens'(core, intent, arrival) {
    const reports = reportsOf(core, intent);
    refuseAhead(reports, arrival);
    refuseBehind(reports, arrival);
    const known = new Set(evidence.byKeys(core, 'manual', reports.map(({ sourceKey }) => sourceKey)).map((row) => row.source_key));
    const unknown = reports.filter(({ sourceKey }) => !known.has(sourceKey));
    const rebuilt = adoptable(core, unknown, new Set());
    // Offered again to a library that was brought back from a device: the listens get the group's names back.
    for (const [{ sourceKey }, { id }] of rebuilt) core.db.run('UPDATE scrobbles SET source_key = ? WHERE id = ?', sourceKey, id);
    const fresh = unknown.filter((report) => !rebuilt.has(report));
    const rows = insertScrobbles(core, fresh, nowSeconds(core.clock));
    resolve(core, catalogue(core), rows);
    // What is logged in this life is no play that figures of another count.
    if (arrival.fromFormerLife) takeReportedOut(core, openRollups(core), rows);
    return { seenIn: 'journal' };
  },
  'remove-listens'(core, { group }) {
    const rows = groupRows(core, group);
    if (rows.length === 0) refuse('unknown-group', 'These listens are not in the journal.');
    const standing = rows.filter(({ state }) => state === 'resolved');
    const archived = rows.filter(({ state }) => state === 'archived');
    core.db.run(
      `UPDATE scrobbles SET state = 'withdrawn' WHERE id IN (SELECT value FROM json_each(?))`,
      JSON.stringify(rows.map(({ id }) => id)),
    );
    leaveArchive(core, archived.flatMap(({ listen_id: id }) => id ?? []));
    const names = catalogue(core);
    for (const { listen_id: listenId } of standing) {
      if (listenId === null) continue;
      const others = evidence.ofListen(core, listenId);
      if (others.length > 0) {
        resolve(core, names, others);
        continue;
      }
      keepListenNote(core, listenId, 'removed');
      vanish(core, names, listenId, null);
    }
    return { seenIn: 'journal' };
  },
};

/** Archived listens that nothing tells of any more leave their months' figures; the archive's file does not bring them back. */
function leaveArchive(core: Core, listenIds: readonly number[]): void {
  const untold = listenIds.filter((id) => evidence.ofListen(core, id).length === 0);
  const gone = core.db.rows<[number, number]>('DELETE FROM archived_listens WHERE listen_id IN (SELECT value FROM json_each(?)) RETURNING timestamp, track_id', listed(untold));
  const rollups = openRollups(core);
  rollups.refresh(gone.map(([playedAt]) => rollups.monthOf(playedAt)));
  for (const [, trackId] of gone) {
    const track = trackById(core, trackId);
    if (track !== undefined) removeIdleTrack(core, track);
  }
}

/** Nothing is taken of a group whose last track would begin more than a day from now, however early its first does. */
function refuseAhead(reports: readonly NewReport[], { now, deviceNow }: Arrival): void {
  const last = Math.max(...reports.map(({ playedAt }) => playedAt));
  if (isPossibleMoment(last, now)) return;
  if (deviceNow === undefined || !isPossibleMoment(last, deviceNow)) refuse('in-the-future', 'A track of these would begin more than a day from now.');
  refuse('clocks-apart', 'By the server’s clock a track of these begins more than a day from now; by this device’s it does not. Set the clock that is wrong, and log them again.');
}

/** What a person logs as heard now or lately, by a clock that is far behind, was not heard then. */
function refuseBehind(reports: readonly NewReport[], { madeBehind }: Arrival): void {
  const last = Math.max(...reports.map(({ playedAt }) => playedAt));
  if (madeBehind === undefined || last < madeBehind / 1000 - LATELY_SECONDS) return;
  refuse('clocks-apart', 'By this device’s clock these were heard lately; by the server’s that was long ago. Set the clock that is wrong, and log them again.');
}

/** The tracks one after the other from the moment on, each under the group's name and its place. */
function reportsOf(core: Core, { group, playedAt, tracks }: AddListens): NewReport[] {
  let at = playedAt;
  return tracks.map(({ trackId, durationSeconds }, place) => {
    const track = namesOfTrack(core, trackNamedBy(core, trackId).id);
    const seconds = durationSeconds ?? track.duration_seconds;
    const report: NewReport = {
      source: 'manual',
      sourceKey: `${group}:${place}`,
      playedAt: at,
      artist: track.artist,
      title: track.title,
      album: track.album ?? undefined,
      albumArtist: track.album_artist ?? undefined,
      durationSeconds: seconds ?? undefined,
      raw: { group, place, trackId },
      trackId: track.id,
    };
    at += Math.max(1, Math.round(seconds ?? USUAL_SECONDS));
    return report;
  });
}

interface NamedTrack {
  id: number;
  title: string;
  duration_seconds: number | null;
  album: string | null;
  artist: string;
  album_artist: string | null;
}

function namesOfTrack(core: Core, trackId: number): NamedTrack {
  const row = core.db.get<Omit<NamedTrack, 'artist'> & { artist: string | null }>(
    `SELECT tracks.id, tracks.title, duration_seconds, albums.title AS album,
       (SELECT name FROM track_artist JOIN artists ON artists.id = artist_id WHERE track_id = tracks.id ORDER BY position LIMIT 1) AS artist,
       (SELECT name FROM album_artist JOIN artists ON artists.id = artist_id WHERE album_artist.album_id = tracks.album_id ORDER BY position LIMIT 1) AS album_artist
     FROM tracks LEFT JOIN albums ON albums.id = album_id WHERE tracks.id = ?`,
    trackId,
  )!;
  const named = (name: string | null) => (name === null ? null : displayName(name));
  return { ...row, artist: named(row.artist) ?? named(row.album_artist) ?? '', album_artist: named(row.album_artist) };
}

/** The group's reports; ";" is the character after ":". */
function groupRows(core: Core, group: string): ScrobbleRow[] {
  const keys = core.db.rows<[string]>(`SELECT source_key FROM scrobbles WHERE source = 'manual' AND source_key >= ? AND source_key < ?`, `${group}:`, `${group};`);
  return evidence.byKeys(core, 'manual', keys.map(([key]) => key));
}
