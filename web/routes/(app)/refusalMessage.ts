import { REFUSAL_REASONS, type RefusalReason } from '#shared/sync/refusals.ts';
import { apiErrorMessage } from '$lib/i18n/errorText.ts';
import { t } from '$lib/i18n/index.svelte.ts';

/** Whether the page knows just why something was not taken; else the original says more than its words. */
export const isKnownRefusal = (reason: string): reason is RefusalReason =>
  (REFUSAL_REASONS as readonly string[]).includes(reason);

/** Why something was not taken: by the mutation's or the playlist's own reason, or as the server's error that it was answered with. */
export const refusalMessage = (reason: string): string =>
  isKnownRefusal(reason) ? t(`refused.${reason}`) : apiErrorMessage({ kind: reason, code: reason });
