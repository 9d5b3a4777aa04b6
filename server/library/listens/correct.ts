import type { Catalogue } from '../catalogue/reported.ts';
import type { RecordOutcome, ScrobbleInput } from '../contract.ts';
import type { Core } from '../core.ts';
import { renameDecided } from './decisions.ts';
import { columnsOf, evidence, isRespelt, reportKey, type ScrobbleRow } from './evidence.ts';
import { resolve } from './resolve.ts';

/** How a play was spelt before its source corrected it. */
interface Spelling {
  sourceKey: string;
  artist: string;
  albumArtist: string | null;
  title: string;
  album: string | null;
}

/**
 * Takes over a corrected spelling: the earlier one is kept beside it, and the play is resolved anew under its id. A
 * deleted play stays deleted.
 */
export function respell(core: Core, names: Catalogue, row: ScrobbleRow, input: ScrobbleInput): RecordOutcome {
  if (!isRespelt(row, input) && row.source_key === input.sourceKey) {
    return { state: 'known', scrobbleId: row.id, listenId: row.state === 'resolved' ? row.listen_id : null };
  }
  const earlier: Spelling[] = [
    ...(JSON.parse(row.corrected_from ?? '[]') as Spelling[]),
    { sourceKey: row.source_key, artist: row.artist, albumArtist: row.album_artist, title: row.title, album: row.album },
  ];
  const now = columnsOf(input);
  core.db.run(
    `UPDATE scrobbles SET source_key = ?, artist = ?, album_artist = ?, title = ?, album = ?, duration_seconds = ifnull(?, duration_seconds),
       artist_mbid = ?, track_mbid = ?, album_mbid = ?, payload = ?, corrected_from = ? WHERE id = ?`,
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
    JSON.stringify(earlier),
    row.id,
  );
  renameDecided(core, reportKey(row), reportKey(now));
  const partners = row.listen_id === null ? [] : evidence.ofListen(core, row.listen_id).filter(({ id }) => id !== row.id);
  const corrected = evidence.byId(core, row.id)!;
  resolve(core, names, [corrected, ...partners]);
  const settled = evidence.byId(core, row.id)!;
  return { state: 'corrected', scrobbleId: row.id, listenId: settled.state === 'resolved' ? settled.listen_id : null };
}
