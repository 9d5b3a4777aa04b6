import { SvelteMap } from 'svelte/reactivity';
import type { Calendar } from '#shared/journal/calendar.ts';
import type { JournalListen, JournalView, Library } from '$lib/library/index.ts';

type Stores = Pick<Library, 'household' | 'journal'>;

/** The listens that are chosen to do something with all of them. */
const chosen = new SvelteMap<number, JournalListen>();
let choosing = $state(false);
/** Where a range begins. */
let anchor: number | undefined;

export const choice = {
  /** Rows show whether they are chosen, and a press on one chooses it. */
  get on(): boolean {
    return choosing;
  },
  get size(): number {
    return chosen.size;
  },
  /** In order of time, oldest first. */
  get listens(): JournalListen[] {
    return [...chosen.values()].sort((a, b) => a.playedAt - b.playedAt || a.id - b.id);
  },
  has: (listenId: number): boolean => chosen.has(listenId),
  begin(): void {
    choosing = true;
  },
  end(): void {
    choosing = false;
    anchor = undefined;
    chosen.clear();
  },
  toggle(listenId: number, { journal }: Pick<Stores, 'journal'>): void {
    choosing = true;
    anchor = listenId;
    const listen = journal.listen(listenId);
    if (!chosen.delete(listenId) && listen) chosen.set(listenId, listen);
  },
  /** Chooses everything between the one chosen last and this one, in the order of the view. */
  reach(listenId: number, view: JournalView, { household, journal }: Stores): void {
    const [first, last] = [journal.listen(anchor ?? listenId), journal.listen(listenId)];
    choosing = true;
    anchor = listenId;
    // The first one may have gone: deleted elsewhere, or saved under another id.
    for (const listen of first && last ? between(view, household.calendar, first, last) : last ? [last] : [])
      chosen.set(listen.id, listen);
  },
};

/** Both ends among them. */
function between(view: JournalView, calendar: Calendar, one: JournalListen, other: JournalListen): JournalListen[] {
  const days = [one, other].map((listen) => dayOf(view, calendar, listen)).sort((a, b) => a - b);
  const shown: JournalListen[] = [];
  for (let index = days[0]!; index <= days[1]!; index++)
    for (const run of view.day(index)?.runs ?? []) shown.push(...run.listens);
  const ends = [one, other].map(({ id }) => shown.findIndex((listen) => listen.id === id)).sort((a, b) => a - b);
  return ends[0]! < 0 ? [one, other] : shown.slice(ends[0], ends[1]! + 1);
}

function dayOf(view: JournalView, calendar: Calendar, { id, playedAt }: JournalListen): number {
  const last = view.dayCount - 1;
  const undated = view.day(last);
  if (undated?.date === null && undated.runs.some((run) => run.listens.some((listen) => listen.id === id))) return last;
  return Math.min(last, view.dayIndexOf(calendar.dayKey(playedAt)));
}
