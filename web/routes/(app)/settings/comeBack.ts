import { goto } from '$app/navigation';
import { t } from '$lib/i18n/index.svelte.ts';
import { errorMessage } from '../../services/serverSettings.svelte.ts';
import { toast } from '$lib/ui/toasts.svelte.ts';
import { accounts, isAccountId } from './accounts.ts';

/** Finishes a connection whose permission was given on the service's own page and led back here. */
export async function comeBack(url: URL): Promise<void> {
  const service = url.searchParams.get('connect');
  if (!service) return;
  await goto('/settings', { replaceState: true });
  try {
    const name = isAccountId(service) ? await accounts[service].complete(url.searchParams) : undefined;
    toast({
      text: isAccountId(service) && name !== undefined ? t(`connect.${service}Done`, { name }) : t('connect.failed'),
    });
  } catch (error) {
    toast({ text: `${t('connect.failed')} ${errorMessage(error)}` });
  }
}
