import { t } from '$lib/i18n/index.svelte.ts';
import type { JournalListen, Library, Mutations } from '$lib/library/index.ts';
import { toast } from '$lib/ui/toasts.svelte.ts';
import { undoAll } from '../undoAll.ts';

/** The server joins at most so many at once. */
const MOST_MERGED = 10;

/** Takes these out of the journal, to be put back together. */
export async function takeOutAll(listens: readonly JournalListen[], mutations: Mutations): Promise<void> {
  const known = listens.filter(({ id }) => id > 0).map(({ id }) => id);
  // One mutation undoes a whole side that was logged here and is not sent yet.
  const waiting = new Map(listens.filter(({ id }) => id < 0).map((listen) => [listen.group, listen]));
  const done = await Promise.all([
    ...(known.length > 0 ? [mutations.deleteListens(known)] : []),
    ...[...waiting.values()].map(({ id }) => mutations.deleteListen(id)),
  ]);
  toast({ text: t('journal.deletedAll', { n: listens.length }), undo: () => undoAll(done) });
}

/** Loves every track of these; when all are loved already, none any longer. */
export async function loveAll(
  listens: readonly JournalListen[],
  { mutations, tracks }: Pick<Library, 'mutations' | 'tracks'>,
): Promise<void> {
  const views = [
    ...new Map(
      listens
        .flatMap((listen) => tracks.of(listen) ?? [])
        .filter(({ unsent }) => !unsent)
        .map((track) => [track.id, track]),
    ).values(),
  ];
  const wanted = views.some(({ loved }) => !loved);
  const done = await Promise.all(
    views.filter(({ loved }) => loved !== wanted).map(({ id }) => mutations.love(id, wanted)),
  );
  toast({
    text: wanted ? t('journal.lovedAll', { n: done.length }) : t('journal.unlovedAll', { n: done.length }),
    undo: () => undoAll(done),
  });
}

/** Whether these can be one play: reported by different sources, and known to the server. */
export function canMerge(listens: readonly JournalListen[]): boolean {
  if (listens.length < 2 || listens.length > MOST_MERGED || listens.some(({ id }) => id < 0)) return false;
  return new Set(listens.map(({ source }) => source)).size === listens.length;
}

/** Says that these are one play. */
export async function merge(listens: readonly JournalListen[], mutations: Mutations): Promise<void> {
  const { undo } = await mutations.mergeListens(listens.map(({ id }) => id));
  toast({ text: t('journal.merged', { n: listens.length }), undo });
}
