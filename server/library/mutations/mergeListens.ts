import { catalogue } from '../catalogue/reported.ts';
import type { Core } from '../core.ts';
import { resolveId, removeRedirect } from '../curation/redirects.ts';
import { decide } from '../listens/decisions.ts';
import { evidence, reportKey } from '../listens/evidence.ts';
import { touchPage } from '../listens/journalPages.ts';
import { listenRow } from '../listens/listens.ts';
import { resolve } from '../listens/resolve.ts';
import type { MutationHandler } from './definition.ts';
import { keepMerged, snapshots, takeMerged } from './mergedListens.ts';
import { keepListenNote } from './notes.ts';
import { refuseTwoOfOneSource, reportsOf } from './sourceReports.ts';
import { listenNamedBy, refuse } from './targets.ts';

/** A person's decision that these were one play, reported by several sources; it holds for all that is resolved from then on. */
export const mergeListens: MutationHandler<'merge-listens'> = {
  retarget: (mutation, resolver) => ({ ...mutation, listenIds: mutation.listenIds.map((id) => resolver.listen(id)) }),
  apply(core, { listenIds }) {
    const ids = new Set(listenIds.map((id) => listenNamedBy(core, id).id));
    if (ids.size < 2) return { seenIn: 'journal' };
    const before = snapshots(core, ids);
    const rows = [...ids].flatMap((id) => reportsOf(core, id));
    refuseTwoOfOneSource(rows);
    rows.forEach((one, index) => {
      for (const other of rows.slice(index + 1)) decide(core, reportKey(one), reportKey(other), 'same');
    });
    resolve(core, catalogue(core), rows);
    keepMerged(core, before);
    return { seenIn: 'journal' };
  },
};

/** Takes that back. */
export const partListens: MutationHandler<'part-listens'> = {
  retarget: (mutation, resolver) => ({
    ...mutation,
    listenIds: mutation.listenIds.map((id) => resolver.deletedListen(id)),
  }),
  apply(core, { listenIds }) {
    const parted = listenIds.filter((id) => part(core, id));
    if (parted.length === 0) refuse('not-merged', 'These listens were not merged, or are two again already.');
    return { seenIn: 'journal' };
  },
};

/** Brings a listen back that was merged into another, under its own id and with its own note. @returns false when there is none. */
function part(core: Core, listenId: number): boolean {
  if (listenRow(core, listenId) !== undefined) return false;
  const merged = takeMerged(core, listenId);
  const mergedInto = listenRow(core, resolveId(core, 'listen', listenId));
  if (merged === undefined || mergedInto === undefined) return false;
  const rows = reportsOf(core, mergedInto.id);
  const own = rows.filter(({ id }) => merged.reports.includes(id));
  const others = rows.filter((row) => !own.includes(row));
  if (own.length === 0 || others.length === 0) return false;
  for (const one of own) for (const other of others) decide(core, reportKey(one), reportKey(other), 'different');
  removeRedirect(core, 'listen', listenId);
  core.db.run(
    'UPDATE scrobbles SET listen_id = ?, reasons = NULL WHERE id IN (SELECT value FROM json_each(?))',
    listenId,
    JSON.stringify(own.map(({ id }) => id)),
  );
  resolve(
    core,
    catalogue(core),
    rows.map((row) => evidence.byId(core, row.id)!),
  );
  giveNote(core, listenId, merged.note);
  if (merged.note !== null) giveNote(core, mergedInto.id, merged.heirNote);
  return true;
}

function giveNote(core: Core, listenId: number, note: string | null): void {
  const listen = listenRow(core, listenId);
  if (listen === undefined || listen.note === note) return;
  keepListenNote(core, listenId, 'replaced');
  core.db.run('UPDATE listening_history SET note = ? WHERE id = ?', note, listenId);
  touchPage(core, listen.page);
}
