import { connectDiscogs } from '#shared/api/discogs.ts';
import { connectLastfm } from '#shared/api/lastfm.ts';
import { goto } from '$app/navigation';
import { t } from '$lib/i18n/index.svelte.ts';
import { api } from '$lib/library/index.ts';
import { errorMessage } from '../../services/serverSettings.svelte.ts';
import { toast } from '$lib/ui/toasts.svelte.ts';

/** Finishes a connection whose permission was given on the service's own page and led back here. */
export async function comeBack(url: URL): Promise<void> {
  const service = url.searchParams.get('connect');
  if (!service) return;
  const token = url.searchParams.get('token');
  const oauthToken = url.searchParams.get('oauth_token');
  const oauthVerifier = url.searchParams.get('oauth_verifier');
  await goto('/settings', { replaceState: true });
  try {
    if (service === 'lastfm' && token) {
      const { name } = await api(connectLastfm, { body: { token } });
      toast({ text: t('connect.lastfmDone', { name }) });
    } else if (service === 'discogs' && oauthToken && oauthVerifier) {
      const { username } = await api(connectDiscogs, { body: { oauthToken, oauthVerifier } });
      toast({ text: t('connect.discogsDone', { name: username }) });
    } else {
      toast({ text: t('connect.failed') });
    }
  } catch (error) {
    toast({ text: `${t('connect.failed')} ${errorMessage(error)}` });
  }
}
