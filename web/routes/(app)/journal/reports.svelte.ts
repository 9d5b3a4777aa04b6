import { getListen, type Join, type SourceReport } from '#shared/api/history.ts';
import type { ListenSource } from '#shared/journal/listen.ts';
import { relateNames, titleForm } from '#shared/matching/titles.ts';
import { t } from '$lib/i18n/index.svelte.ts';
import { api, ApiError, type JournalListen, type Library, type Mutations } from '$lib/library/index.ts';
import { toast } from '$lib/ui/toasts.svelte.ts';

export type { SourceReport as Report };

/** What the server answered; neither while it is asked. */
interface LoadedReports {
  reports?: readonly SourceReport[];
  /** What was in the way of it. */
  failed?: ApiError;
}

/** Listens that begin within this many seconds may be one play. */
const NEAR = 20 * 60;
const MOST_NEAR = 3;
/** Answers cached, so that a listen looked at before is explained offline too. */
const MAX_REPORTS = 50;

const cache = new Map<string, LoadedReports>();
let answered = $state(0);

/** The reports of a listen. They are on the server: asked for when they are looked at, and again when the listen changed. */
export function reportsOf(listen: JournalListen): LoadedReports {
  void answered;
  const key = `${listen.id} ${listen.witnesses} ${listen.source} ${listen.playedAt}`;
  const known = cache.get(key);
  if (!known && listen.id > 0 && !listen.pending) void ask(key, listen.id);
  return known ?? {};
}

async function ask(key: string, listenId: number): Promise<void> {
  cache.set(key, {});
  try {
    const { witnesses: sourceReports } = await api(getListen, { params: { id: listenId } });
    cache.set(key, { reports: sourceReports });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    cache.set(key, { failed: error });
  }
  if (cache.size > MAX_REPORTS) cache.delete(cache.keys().next().value!);
  answered++;
}

/** Forgets that the server did not answer, so that it is asked again. */
export function askAgain(): void {
  for (const [key, { failed }] of cache) if (failed) cache.delete(key);
  answered++;
}

/** Every join once, whichever of its reports has it. */
export function joinsOf(reports: readonly SourceReport[]): Join[] {
  const all = reports.flatMap(({ reasons }) => reasons ?? []);
  return [...new Map(all.map((join) => [`${join.a} ${join.b}`, join])).values()];
}

/** The source in a report's key, `roon:…`. */
export const sourceOfKey = (key: string): ListenSource => key.slice(0, key.indexOf(':')) as ListenSource;

/** Makes one report a listen of its own. */
export async function split(
  listenId: number,
  { id, source, playedAt }: SourceReport,
  mutations: Mutations,
): Promise<void> {
  const { undo } = await mutations.splitListen(listenId, id, { source, playedAt });
  toast({ text: t('journal.splitDone', { source: t(`source.${source}`) }), undo });
}

/** Listens near this one that may be the same play, reported by another source under a similar name; the nearest first. */
export function neighboursOf(
  listen: JournalListen,
  date: string,
  { journal, tracks }: Pick<Library, 'journal' | 'tracks'>,
): JournalListen[] {
  if (listen.id < 0) return [];
  const gapTo = (other: JournalListen) => Math.abs(other.playedAt - listen.playedAt);
  return journal
    .onDate(date)
    .filter(
      (other) =>
        other.id > 0 &&
        other.id !== listen.id &&
        other.source !== listen.source &&
        gapTo(other) <= NEAR &&
        areAlike(listen, other, tracks),
    )
    .sort((a, b) => gapTo(a) - gapTo(b))
    .slice(0, MOST_NEAR);
}

/** One title is, or is part of, or is nearly spelt as the other. */
function areAlike(one: JournalListen, other: JournalListen, tracks: Library['tracks']): boolean {
  const [a, b] = [tracks.of(one)?.title, tracks.of(other)?.title];
  return a !== undefined && b !== undefined && relateNames(titleForm(a), titleForm(b)) !== 'different';
}
