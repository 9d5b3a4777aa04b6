import { LAST_ID } from '../primitives/identifiers.ts';
import { ListenSources, type Listen } from './listen.ts';
import type { JournalPage } from './page.ts';
import { integer, MAX_REPORTS, refuse } from './pageError.ts';
import { listenAt, readPageInto } from './readPage.ts';
import { ZoneNames } from './zoneNames.ts';

const sourceIndexes = new Map<string, number>(ListenSources.map((source, index) => [source, index]));

/** The UTC month a listen's page is named after: `2026-11`. */
export function pageMonth(playedAt: number): string {
  const date = new Date(playedAt * 1000);
  return `${String(date.getUTCFullYear()).padStart(4, '0')}-${String(date.getUTCMonth() + 1).padStart(2, '0')}`;
}

/**
 * Puts listens, in any order and each once, into the columns of one page.
 *
 * @throws {JournalPageError} for a number that is no integer or an unknown source.
 */
export function encodePage(id: string, listens: readonly Listen[]): JournalPage {
  const sorted = [...listens].sort((a, b) => a.playedAt - b.playedAt || a.id - b.id);
  const page: JournalPage = { id, n: sorted.length, t: [], i: [], k: [], h: [], s: [] };
  const zoneNames: string[] = [];
  const zonedListens: number[] = [];
  const reportCounts: number[] = [];
  const notes: [number, string][] = [];
  const gone: number[] = [];
  let before: Listen | undefined;
  sorted.forEach((listen, index) => {
    const time = integer(id, 't', listen.playedAt);
    const listenId = integer(id, 'i', listen.id);
    page.t.push(before ? time - before.playedAt : time);
    page.i.push(before ? listenId - before.id : listenId);
    page.k.push(integer(id, 'k', listen.trackId, -LAST_ID, LAST_ID));
    page.h.push(integer(id, 'h', listen.ownerId, -LAST_ID, LAST_ID));
    pushRun(page.s, sourceIndexes.get(listen.source) ?? refuse(id, 's', `unknown source ${listen.source}`));
    if (listen.zone !== undefined) {
      let zone = zoneNames.indexOf(listen.zone);
      if (zone < 0) zone = zoneNames.push(listen.zone) - 1;
      zonedListens.push(index, zone);
    }
    if (listen.witnesses !== 1) reportCounts.push(index, integer(id, 'w', listen.witnesses, 1, MAX_REPORTS));
    if (listen.note !== undefined) notes.push([index, listen.note]);
    if (listen.goneUpstream) gone.push(index);
    before = listen;
  });
  if (zoneNames.length > 0) page.z = { names: zoneNames, at: zonedListens };
  if (reportCounts.length > 0) page.w = reportCounts;
  if (notes.length > 0) page.m = notes;
  if (gone.length > 0) page.g = gone;
  return page;
}

function pushRun(runs: number[], value: number): void {
  if (runs.length > 0 && runs[runs.length - 2] === value) runs[runs.length - 1]! += 1;
  else runs.push(value, 1);
}

/**
 * The listens of a page, oldest first.
 *
 * @throws {JournalPageError} where the page contradicts itself.
 */
export function decodePage(page: JournalPage): Listen[] {
  const zones = new ZoneNames();
  const notes = new Map<number, string>();
  const rows = readPageInto(page, zones, notes);
  return Array.from({ length: rows.length }, (_, index) => listenAt(rows, index, zones, notes));
}
