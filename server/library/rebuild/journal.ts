import { decodePage, pageMonth } from '#shared/journal/codec.ts';
import type { Listen } from '#shared/journal/listen.ts';
import type { JournalPage } from '#shared/journal/page.ts';
import { nowSeconds } from '../../kit/clock.ts';
import { catalogue } from '../catalogue/reported.ts';
import type { Core } from '../core.ts';
import { resolveId } from '../curation/redirects.ts';
import { countersign } from '../listens/agreement.ts';
import { insertListens, listenRow } from '../listens/listens.ts';
import { insertAssumed, insertExact, MOST_REPORTS } from './evidence.ts';
import type { ForeignIds, Need } from './ids.ts';
import { joinListen, learnNamer } from './joining.ts';
import type { NotTaken } from '../api/rebuild.ts';
import { type TrackNames, trackNames } from './listenFacts.ts';
import { type Known, knownListens } from './knownListens.ts';

/** What became of a page. */
export interface PageTaken {
  changed: boolean;
  /** What its listens name that was not given yet. */
  needs: Need[];
  /** Listens that cannot be. */
  refused: NotTaken[];
}

/** 2002-01-01, before which no service recorded what people heard. */
const OLDEST = 1_009_843_200;
const DAY = 86_400;

interface Placed {
  listen: Listen;
  track: TrackNames;
}

/**
 * Takes the listens of a page that the library lacks; those whose album or artist was not given yet are left for later.
 *
 * @param part which of its listens, by their places.
 * @throws {JournalPageError} for a page that contradicts itself.
 */
export function takePage(
  core: Core,
  ids: ForeignIds,
  page: JournalPage,
  part: { from: number; to: number },
): PageTaken {
  const listens = decodePage(page).slice(part.from, part.to);
  const refused = listens.flatMap((listen) => problemOf(core, page.id, listen) ?? []);
  const believable =
    refused.length === 0 ? listens : listens.filter((listen) => problemOf(core, page.id, listen) === null);
  const { placed, needs } = place(core, ids, believable);
  const known = knownListens(core, ids.life, placed);
  const changed = placed
    .filter(({ listen }) => known.isHere(listen))
    .map(({ listen }) => complete(core, known, listen));
  const lacking = placed.filter(({ listen }) => !known.isHere(listen));
  // Those that keep their ids first, so that none of these goes to another.
  const alone = lacking
    .filter(({ listen }) => known.isAlone(listen))
    .sort((one, other) => Number(known.freeId(other.listen)) - Number(known.freeId(one.listen)));
  for (const { listen } of placed) {
    const row = known.row(listen);
    if (row !== undefined) ids.keepListen(listen.id, row.id);
  }
  add(core, ids, page.id, alone, known);
  const names = catalogue(core);
  const others = new Set(placed.flatMap(({ listen }) => known.row(listen)?.id ?? []));
  const named = placed
    .filter(({ listen }) => known.isFiledElsewhere(listen))
    .map(({ listen, track }) => learnNamer(core, names, ids, listen, track, known.row(listen)!.id, others));
  for (const { listen, track } of lacking.filter((one) => !known.isAlone(one.listen)))
    joinListen(
      core,
      names,
      ids,
      listen,
      track,
      known.freeId(listen) && listenRow(core, listen.id) === undefined,
      others,
    );
  return { changed: lacking.length > 0 || changed.includes(true) || named.includes(true), needs, refused };
}

function problemOf(core: Core, page: string, { id, playedAt, witnesses: reportCount }: Listen): NotTaken | null {
  const listen = String(id);
  if (!Number.isSafeInteger(id) || id < 1)
    return { reason: `listen ${id}: this is no id`, problem: { code: 'listen-without-id', params: { listen } } };
  if (playedAt < OLDEST || playedAt > nowSeconds(core.clock) + DAY) {
    return {
      reason: `listen ${id}: nobody can have heard anything at ${playedAt}`,
      problem: { code: 'listen-time', params: { listen } },
    };
  }
  if (!page.startsWith(pageMonth(playedAt))) {
    return {
      reason: `listen ${id}: ${playedAt} is not in the month of page ${page}`,
      problem: { code: 'listen-month', params: { listen, page } },
    };
  }
  if (reportCount <= MOST_REPORTS) return null;
  return {
    reason: `listen ${id}: ${reportCount} source reports are more than there are sources`,
    problem: { code: 'listen-sources', params: { listen } },
  };
}

/** The track of each listen here; a listen whose owner, or whose track, was not given yet has none. */
function place(core: Core, ids: ForeignIds, listens: readonly Listen[]): { placed: Placed[]; needs: Need[] } {
  const ownerIds = new Set(listens.map(({ ownerId }) => ownerId));
  const missing = new Set([...ownerIds].filter((owner) => ids.of(...ownerOf(owner)) === undefined));
  const given = ids.tracks(listens.map(({ trackId }) => trackId));
  const ours = new Map<number, number>();
  for (const { trackId } of listens) if (!ours.has(trackId)) ours.set(trackId, given.get(trackId) ?? trackId);
  const names = trackNames(core, ours.values());
  const gone = [...ours]
    .filter(([, id]) => !names.has(id))
    .map(([theirs, id]) => [theirs, resolveId(core, 'track', id)] as const);
  if (gone.length > 0) {
    for (const [id, facts] of trackNames(
      core,
      gone.map(([, id]) => id),
    ))
      names.set(id, facts);
    for (const [theirs, id] of gone) ours.set(theirs, id);
  }
  const needs = new Map<string, Need>();
  const placed = listens.flatMap((listen): Placed[] => {
    const track = names.get(ours.get(listen.trackId)!);
    if (track !== undefined && !missing.has(listen.ownerId)) return [{ listen, track }];
    const need: Need = missing.has(listen.ownerId) ? ownerOf(listen.ownerId) : ['track', listen.trackId];
    needs.set(need.join(), need);
    return [];
  });
  return { placed, needs: [...needs.values()] };
}

const ownerOf = (owner: number): ['artist' | 'album', number] => (owner < 0 ? ['artist', -owner] : ['album', owner]);

/** A note that the library lacks. */
function complete(core: Core, known: Known, listen: Listen): boolean {
  const row = known.row(listen);
  if (listen.note === undefined || row === undefined || row.note !== null) return false;
  core.db.run('UPDATE listening_history SET note = ? WHERE id = ? AND note IS NULL', listen.note, row.id);
  core.feed.touch('journal', row.page);
  return true;
}

/** Adds listens near which nobody else reported anything: what the replica had resolved is taken as it is. */
function add(core: Core, ids: ForeignIds, page: string, placed: readonly Placed[], known: Known): void {
  const listenIds = insertListens(
    core,
    placed.map(({ listen, track }) => ({
      ...(known.freeId(listen) && { id: listen.id }),
      page,
      trackId: track.id,
      playedAt: listen.playedAt,
      source: listen.source,
      zone: listen.zone ?? null,
      endedAt: null,
      listenedSeconds: null,
      witnesses: listen.witnesses,
      note: listen.note ?? null,
      goneUpstream: listen.goneUpstream ?? false,
    })),
  );
  placed.forEach(({ listen, track }, index) => {
    const listenId = listenIds[index]!;
    ids.keepListen(listen.id, listenId);
    insertExact(core, ids.life, listen, track, listenId);
    insertAssumed(core, ids.life, listen, track, listenId, { count: listen.witnesses - 1, sources: [listen.source] });
  });
  countersign(core, listenIds);
}
