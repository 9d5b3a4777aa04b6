import { encodePage } from '#shared/journal/codec.ts';
import type { Listen } from '#shared/journal/listen.ts';
import { JournalPageError } from '#shared/journal/pageError.ts';
import type { JournalPage } from '#shared/journal/page.ts';
import { type Core, listed } from '../core.ts';
import { grouped } from './credits.ts';

type ListenRow = [
  page: string,
  id: number,
  at: number,
  track: number,
  ownerId: number,
  source: Listen['source'],
  zone: string | null,
  reportCount: number,
  note: string | null,
  gone: number,
];

/** Journal pages, encoded when they are asked for and cached until they change. */
export interface JournalPages {
  /** The pages of these ids that hold listens, by id. @param seqs where each page stands in the feed. */
  documents(seqs: ReadonlyMap<string, number>): Map<string, JournalPage>;
}

/** Pages cached in memory; 700 pages are 300,000 listens in about 15 MB. */
const MAX_CACHED = 1_000;

export function journalPages(core: Core): JournalPages {
  const cache = new Map<string, { seq: number; page: JournalPage }>();
  return {
    documents(seqs) {
      const stale = [...seqs].filter(([id, seq]) => cache.get(id)?.seq !== seq).map(([id]) => id);
      const built = stale.length === 0 ? new Map<string, JournalPage>() : encoded(core, stale);
      const pages = new Map<string, JournalPage>();
      for (const [id, seq] of seqs) {
        const page = built.get(id) ?? (stale.includes(id) ? undefined : cache.get(id)?.page);
        cache.delete(id);
        if (page === undefined) continue;
        cache.set(id, { seq, page });
        pages.set(id, page);
      }
      for (const id of cache.keys()) if (cache.size > MAX_CACHED) cache.delete(id);
      return pages;
    },
  };
}

function encoded(core: Core, ids: readonly string[]): Map<string, JournalPage> {
  const rows = core.db.rows<ListenRow>(
    `SELECT page, listening_history.id, timestamp, track_id,
       ifnull(album_id, -(SELECT artist_id FROM track_artist WHERE track_artist.track_id = tracks.id AND track_artist.position = 0)),
       source, zone, witnesses, note, gone_upstream
     FROM listening_history JOIN tracks ON tracks.id = track_id WHERE page IN (SELECT value FROM json_each(?))`,
    listed(ids),
  );
  return new Map([...grouped(rows, listenOf)].map(([id, listens]) => [id, pageOf(core, id, listens)]));
}

/** A page without the listens that none can hold, which are logged: one row never stops the rest. */
function pageOf({ log }: Core, id: string, listens: readonly Listen[]): JournalPage {
  try {
    return encodePage(id, listens);
  } catch (error) {
    const held = listens.filter((listen) => fits(id, listen));
    if (held.length === listens.length) throw error;
    log.error('journal.listens-left-out', {
      page: id,
      listens: listens.filter((listen) => !held.includes(listen)).map((listen) => listen.id),
      error,
    });
    return encodePage(id, held);
  }
}

function fits(page: string, listen: Listen): boolean {
  try {
    return encodePage(page, [listen]).n === 1;
  } catch (error) {
    if (error instanceof JournalPageError) return false;
    throw error;
  }
}

function listenOf([, id, playedAt, trackId, ownerId, source, zone, reportCount, note, gone]: ListenRow): Listen {
  return {
    id,
    playedAt,
    trackId,
    ownerId,
    source,
    ...(zone !== null && { zone }),
    witnesses: reportCount,
    ...(note !== null && { note }),
    ...(gone === 1 && { goneUpstream: true }),
  };
}
