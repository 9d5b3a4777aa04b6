import type { Removed } from '../api/archive.ts';
import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
import { type Core, isoNow, listed } from '../core.ts';
import { listenRow, removeListen } from '../listens/listens.ts';
import type { Rollups } from '../api/rollups.ts';
import { inSlices, type Pace } from '../../kit/slices.ts';
import { archivedForm, type ArchivedListen } from './entry.ts';
import type { ArchiveFiles } from './files.ts';

/** The most listens of one file: small enough to be written, read back and held against the journal without a pause. */
const FILE_LISTENS = 2_000;

/**
 * Takes every listen before `cutoff` out of the journal, oldest first. A listen is only removed when a file of the archive, written
 * and read back, holds it exactly as it is; its evidence stays, marked archived, so that no re-read revives it.
 *
 * May be cut off anywhere: what was removed is in a named file, what was not is in the journal still.
 * @throws with a message for people when a file cannot be written; nothing of that file was removed then.
 */
export async function removeBefore(
  core: Core,
  rollups: Rollups,
  files: ArchiveFiles,
  cutoff: number,
  pace: Pace,
): Promise<Removed> {
  const removed: Removed = { listens: 0, files: [], changed: 0 };
  await files.removeLeftovers();
  let after: Place = { timestamp: -1, id: 0 };
  for (;;) {
    pace.signal?.throwIfAborted();
    const places = oldest(core, after, cutoff);
    if (places.length === 0) return removed;
    after = places.at(-1)!;
    const waiting = core.followUps.waiting(places.map(({ id }) => id));
    removed.changed += waiting.size;
    const due = places.filter(({ id }) => !waiting.has(id));
    if (due.length === 0) continue;
    const lines: string[] = [];
    await inSlices(due, pace, (slice) => {
      for (const listen of archivedForm(
        core,
        slice.map(({ id }) => id),
      ))
        lines.push(JSON.stringify(listen));
    });
    const name = await files.freshName(core.days.dateOf(Math.floor(core.clock.now() / 1000)), namedFiles(core));
    await files.write(name, lines, isoNow(core), pace);
    await pace.breathe?.();
    const listens = await removeArchived(core, rollups, files, name, pace);
    if (listens > 0) removed.files.push(name);
    removed.listens += listens;
    removed.changed += lines.length - listens;
  }
}

interface Place {
  timestamp: number;
  id: number;
}

/** Files that listens are filed under; one that is lost may be found again, and its name stays its own. */
const namedFiles = (core: Core): string[] =>
  core.db.all<{ file: string }>('SELECT DISTINCT file FROM archived_listens').map(({ file }) => file);

/** Plays whose date is unknown are at no time, and never too old. */
function oldest(core: Core, after: Place, cutoff: number): Place[] {
  return core.db.all<Place>(
    `SELECT timestamp, id FROM listening_history WHERE timestamp < ?1 AND timestamp <> ?2 AND (timestamp, id) > (?3, ?4)
     ORDER BY timestamp, id LIMIT ?5`,
    cutoff,
    DATE_UNKNOWN,
    after.timestamp,
    after.id,
    FILE_LISTENS,
  );
}

/** Removes what this file holds, as far as the journal still says the same. @returns how many went. */
async function removeArchived(
  core: Core,
  rollups: Rollups,
  files: ArchiveFiles,
  name: string,
  pace: Pace,
): Promise<number> {
  const { lines, listens } = await files.read(name, pace);
  const entries = listens.map((listen, index) => ({ listen, line: lines[index]! }));
  let count = 0;
  await inSlices(entries, pace, (slice) => {
    core.db.transaction(() => {
      const now = new Map(
        archivedForm(
          core,
          slice.map(({ listen }) => listen.id),
        ).map((listen) => [listen.id, JSON.stringify(listen)]),
      );
      const waiting = core.followUps.waiting([...now.keys()]);
      const same = slice
        .filter(({ listen, line }) => now.get(listen.id) === line && !waiting.has(listen.id))
        .map(({ listen }) => listen);
      for (const listen of same) removeListen(core, listenRow(core, listen.id)!);
      noteArchived(core, name, same);
      rollups.refresh(same.map(({ playedAt }) => rollups.monthOf(playedAt)));
      count += same.length;
    });
  });
  return count;
}

function noteArchived(core: Core, file: string, listens: readonly ArchivedListen[]): void {
  core.db.run(
    `UPDATE scrobbles SET state = 'archived' WHERE state = 'resolved' AND listen_id IN (SELECT value FROM json_each(?))`,
    listed(listens.map(({ id }) => id)),
  );
  core.db.run(
    `INSERT OR REPLACE INTO archived_listens (listen_id, file, track_id, holder, timestamp, source, zone)
     SELECT value ->> 0, ?, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM json_each(?)`,
    file,
    JSON.stringify(
      listens.map(({ id, track, holder: ownerId, playedAt, source, zone }) => [
        id,
        track.id,
        ownerId,
        playedAt,
        source,
        zone,
      ]),
    ),
  );
}
