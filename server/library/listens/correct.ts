import type { Catalogue } from '../catalogue/reported.ts';
import type { RecordOutcome, ScrobbleInput } from '../api/scrobbles.ts';
import type { Core } from '../core.ts';
import { countersign } from './agreement.ts';
import { renameDecided } from './decisions.ts';
import { columnsOf, evidence, isRespelt, reportKey, type ScrobbleRow } from './evidence.ts';
import { resolve } from './resolve.ts';
import { touchDeletionOf } from './touchDeletion.ts';

/** How a play was spelt before its source corrected it. */
interface Spelling {
  sourceKey: string;
  artist: string;
  albumArtist: string | null;
  title: string;
  album: string | null;
}

/**
 * Takes over a corrected spelling: the earlier one is stored beside it, and the play is resolved anew under its id. A
 * deleted play stays deleted.
 */
export function respell(core: Core, names: Catalogue, row: ScrobbleRow, input: ScrobbleInput): RecordOutcome {
  if (row.rebuilt !== null) return adopt(core, names, row, input);
  if (!isRespelt(row, input) && row.source_key === input.sourceKey) {
    return { state: 'known', scrobbleId: row.id, listenId: row.state === 'resolved' ? row.listen_id : null };
  }
  const earlier: Spelling[] = [
    ...(JSON.parse(row.corrected_from ?? '[]') as Spelling[]),
    {
      sourceKey: row.source_key,
      artist: row.artist,
      albumArtist: row.album_artist,
      title: row.title,
      album: row.album,
    },
  ];
  rewrite(
    core,
    row,
    input,
    `corrected_from = ?, track_id = CASE source WHEN 'manual' THEN track_id END`,
    JSON.stringify(earlier),
  );
  return settled(core, names, row, 'corrected');
}

/**
 * A report takes the place of the scrobble that was made for it from a replica. What the replica said of the play holds: its
 * track, and which reports are one play.
 */
export function adopt(core: Core, names: Catalogue, row: ScrobbleRow, input: ScrobbleInput): RecordOutcome {
  const now = columnsOf(input);
  rewrite(
    core,
    row,
    input,
    `source = ?, played_at = ?, ended_at = ifnull(?, ended_at), listened_seconds = ifnull(?, listened_seconds), zone = ifnull(?, zone),
       gone_upstream = 0, rebuilt = NULL`,
    now.source,
    now.played_at,
    now.ended_at,
    now.listened_seconds,
    now.zone,
  );
  if (row.state === 'resolved' && row.listen_id !== null) countersign(core, [row.listen_id]);
  return settled(core, names, row, 'known');
}

/**
 * Writes the names that a source gives a play now, under the key it has for it now; a length that it does not give stays.
 *
 * @param also SQL of further assignments, with `values` for it.
 */
function rewrite(
  core: Core,
  row: ScrobbleRow,
  input: ScrobbleInput,
  also: string,
  ...values: (string | number | null)[]
): void {
  const now = columnsOf(input);
  core.db.run(
    `UPDATE scrobbles SET source_key = ?, artist = ?, album_artist = ?, title = ?, album = ?, duration_seconds = ifnull(?, duration_seconds),
       artist_mbid = ?, track_mbid = ?, album_mbid = ?, payload = ?, ${also} WHERE id = ?`,
    now.source_key,
    now.artist,
    now.album_artist,
    now.title,
    now.album,
    now.duration_seconds,
    now.artist_mbid,
    now.track_mbid,
    now.album_mbid,
    JSON.stringify(input.raw ?? null),
    ...values,
    row.id,
  );
  renameDecided(core, reportKey(row), reportKey(now));
}

/** Resolves a play anew after one of its reports changed. */
function settled(core: Core, names: Catalogue, row: ScrobbleRow, state: 'corrected' | 'known'): RecordOutcome {
  const partners =
    row.listen_id === null ? [] : evidence.ofListen(core, row.listen_id).filter(({ id }) => id !== row.id);
  resolve(core, names, [evidence.byId(core, row.id)!, ...partners]);
  const now = evidence.byId(core, row.id)!;
  if (now.state === 'deleted' && now.listen_id !== null) touchDeletionOf(core, now.listen_id);
  return { state, scrobbleId: row.id, listenId: now.state === 'resolved' ? now.listen_id : null };
}
