import { t } from '$lib/i18n/index.svelte.ts';
import type { JournalListen, Mutations } from '$lib/library/index.ts';
import { toast } from '$lib/ui/toasts.svelte.ts';

/** Takes a listen out of the journal and offers to put it back. */
export async function takeOut(listen: JournalListen, title: string, mutations: Mutations): Promise<void> {
  const { undo } = await mutations.deleteListen(listen.id);
  toast({ text: t('journal.deleted', { title }), undo });
}
