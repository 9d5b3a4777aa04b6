import { ImageSources } from '#shared/library/image.ts';
import { nowSeconds } from '../../kit/clock.ts';
import { catalogue, type Catalogue } from '../catalogue/reported.ts';
import { keepAlbumImage } from '../catalogue/albums.ts';
import type { RecordedScrobble, RecordOutcome, ScrobbleInput, Scrobbles } from '../contract.ts';
import { type Core, isoNow, listed } from '../core.ts';
import { grouped } from '../documents/credits.ts';
import { seenUpstream } from '../loves.ts';
import { evidence, insertScrobble, isRespelt, namesOf, type ScrobbleRow } from './evidence.ts';
import { respell } from './correct.ts';
import { resolve } from './resolve.ts';

interface RecordedRow {
  id: number;
  source_key: string;
  played_at: number;
  artist: string;
  title: string;
  album: string | null;
  gone_upstream: number;
}
const RECORDED = 'SELECT id, source_key, played_at, artist, title, album, gone_upstream FROM scrobbles';

export function scrobbles(core: Core): Scrobbles {
  const { db } = core;
  return {
    record: (inputs) => db.transaction(() => record(core, inputs)),
    correct: (scrobbleId, input) =>
      db.transaction(() => {
        const row = evidence.byId(core, scrobbleId);
        if (row === undefined) throw new Error(`There is no scrobble ${scrobbleId} to correct`);
        return respell(core, catalogue(core), row, input);
      }),
    between: (source, from, to) =>
      db.all<RecordedRow>(`${RECORDED} WHERE source = ? AND played_at >= ? AND played_at < ? ORDER BY played_at, id`, source, from, to).map(recorded),
    markGone: (ids, gone) => db.transaction(() => markGone(core, ids, gone)),
    latest(source) {
      const row = db.get<RecordedRow>(`${RECORDED} WHERE source = ? ORDER BY played_at DESC, id DESC LIMIT 1`, source);
      return row === undefined ? null : recorded(row);
    },
    count: (source) => db.get<{ n: number }>('SELECT count(*) AS n FROM scrobbles WHERE source = ?', source)!.n,
  };
}

function recorded(row: RecordedRow): RecordedScrobble {
  const { id, artist, title, album } = row;
  return { id, sourceKey: row.source_key, playedAt: row.played_at, artist, title, album, goneUpstream: row.gone_upstream === 1 };
}

function record(core: Core, inputs: readonly ScrobbleInput[]): RecordOutcome[] {
  const names = catalogue(core);
  const known = knownRows(core, inputs);
  const recordedAt = nowSeconds(core.clock);
  const fresh: ScrobbleRow[] = [];
  const respelt: (() => void)[] = [];
  const outcomes: (() => RecordOutcome)[] = inputs.map((input) => {
    const key = keyOf(input.source, input.sourceKey);
    const row = known.get(key);
    if (row === undefined) {
      const added = insertScrobble(core, input, recordedAt);
      known.set(key, added);
      fresh.push(added);
      return () => ({ state: 'new', scrobbleId: added.id, listenId: listenOf(added) });
    }
    if (isRespelt(row, input)) {
      let outcome: RecordOutcome | undefined;
      respelt.push(() => (outcome = respell(core, names, evidence.byId(core, row.id)!, input)));
      return () => outcome!;
    }
    if (updateEnd(core, row, input)) respelt.push(() => resolve(core, names, [evidence.byId(core, row.id)!]));
    return () => ({ state: 'known', scrobbleId: row.id, listenId: listenOf(row) });
  });
  resolve(core, names, fresh);
  for (const apply of respelt) apply();
  keepFacts(core, names, inputs);
  return outcomes.map((outcome) => outcome());
}

const keyOf = (source: string, sourceKey: string): string => `${source}:${sourceKey}`;
const listenOf = (row: ScrobbleRow): number | null => (row.state === 'resolved' ? row.listen_id : null);

function knownRows(core: Core, inputs: readonly ScrobbleInput[]): Map<string, ScrobbleRow> {
  const keys = grouped(inputs.map(({ source, sourceKey }) => [source, sourceKey] as [string, string]), ([, key]) => key);
  return new Map(
    [...keys].flatMap(([source, some]) => evidence.byKeys(core, source, some).map((row) => [keyOf(source, row.source_key), row] as const)),
  );
}

/** A play that was still going on when it was recorded has gone on: its end and listened time grow. */
function updateEnd(core: Core, row: ScrobbleRow, input: ScrobbleInput): boolean {
  const endedAt = input.endedAt ?? row.ended_at;
  const listened = input.listenedSeconds ?? row.listened_seconds;
  if (endedAt === row.ended_at && listened === row.listened_seconds) return false;
  core.db.run('UPDATE scrobbles SET ended_at = ?, listened_seconds = ? WHERE id = ?', endedAt, listened, row.id);
  return true;
}

/** What a report says beside the play: whether the track is loved, the artist's page, the album's picture. */
function keepFacts(core: Core, names: Catalogue, inputs: readonly ScrobbleInput[]): void {
  const done = new Set<string>();
  const once = (key: string) => !done.has(key) && done.add(key) !== undefined;
  for (const input of inputs) {
    if (input.loved !== undefined && once(`loved\0${input.artist}\0${input.title}`)) {
      seenUpstream(core, names.artistsOf(input.artist)[0]!.id, input.title, input.loved);
    }
    if (input.artistUrl !== undefined && once(`url\0${input.artist}`)) keepArtistUrl(core, names, input.artist, input.artistUrl);
    if (!isImageSource(input.source)) continue;
    if (input.imageUrl !== undefined && input.album !== undefined && once(`image\0${input.album}\0${input.imageUrl}`)) {
      const row = evidence.byKeys(core, input.source, [input.sourceKey])[0];
      const albumId = row === undefined ? null : names.trackOf(namesOf(row)).albumId;
      if (albumId !== null) keepAlbumImage(core, albumId, input.imageUrl, input.source);
    }
  }
}

const isImageSource = (source: string): boolean => ImageSources.some((known) => known === source);

/** The page of a credit is the artist's only where the credit names nobody else. */
function keepArtistUrl(core: Core, names: Catalogue, credit: string, url: string): void {
  const [artist, ...others] = names.artistsOf(credit);
  if (artist === undefined || others.length > 0 || artist.lastfm_url !== null) return;
  artist.lastfm_url = url;
  core.db.run('UPDATE artists SET lastfm_url = ?, updated_at = ? WHERE id = ?', url, isoNow(core), artist.id);
  core.feed.touch('artists', artist.id);
}

function markGone(core: Core, ids: readonly number[], gone: boolean): void {
  const rows = core.db.all<{ id: number }>(
    'UPDATE scrobbles SET gone_upstream = ? WHERE gone_upstream <> ? AND id IN (SELECT value FROM json_each(?)) RETURNING id',
    Number(gone),
    Number(gone),
    listed(ids),
  );
  const names = catalogue(core);
  resolve(core, names, rows.flatMap(({ id }) => evidence.byId(core, id) ?? []));
}
