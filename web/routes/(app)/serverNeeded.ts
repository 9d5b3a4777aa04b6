import { apiErrorMessage } from '$lib/i18n/errorText.ts';
import { t } from '$lib/i18n/index.svelte.ts';
import { ApiError, type Sync } from '$lib/library/index.ts';
import { toast } from '$lib/ui/toasts.svelte.ts';

/** Says in words why the server could not be asked. */
export const serverErrorText = (error: unknown): string =>
  error instanceof ApiError && error.status > 0 ? `${t('needs.failed')} ${apiErrorMessage(error)}` : t('needs.server');

/** Does what only the server can do; says so in words when it cannot be reached or refuses. @returns whether it was done. */
export async function askServer(work: () => Promise<unknown>, sync: Sync): Promise<boolean> {
  if (sync.state === 'offline') {
    toast({ text: t('needs.server') });
    return false;
  }
  try {
    await work();
    return true;
  } catch (error) {
    toast({ text: serverErrorText(error) });
    return false;
  }
}
