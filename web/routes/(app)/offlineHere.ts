import { ago, percent } from '$lib/i18n/format.svelte.ts';
import { t } from '$lib/i18n/index.svelte.ts';
import type { Library, Sync } from '$lib/library/index.ts';
import { offlineState, type OfflineState, pwa } from '$lib/pwa/index.ts';
import { clock } from './clock.svelte.ts';

/** Whether AIME opens on this device without a network, from what the page knows now; reactive. */
export function offlineHere({ session, sync }: Pick<Library, 'session' | 'sync'>): OfflineState {
  const { secure, workers, refusal, active, controlled, files } = pwa.shell;
  const { reason } = session;
  return offlineState({
    secure,
    workers,
    refusal,
    active,
    controlled,
    files,
    isPersisted: session.isPersisted,
    failure: reason === 'storage-unavailable' ? null : reason,
    complete: sync.complete,
    progress: sync.progress,
    online: sync.state === 'in-step' || sync.state === 'syncing',
    held: sync.held !== null,
    unreadable: sync.unreadable.reduce((sum, { count }) => sum + count, 0),
    asOf: sync.lastInStepAt,
  });
}

/** The one sentence for it: what is missing, and what to do. */
export function offlineMessage(offline: OfflineState): string {
  switch (offline.kind) {
    case 'since':
      return t('offline.since', { when: ago(offline.at, clock.now) });
    case 'files':
      return t('offline.files', offline);
    case 'torn':
      return t('offline.torn', offline);
    case 'unreadable':
      return t('offline.unreadable', offline);
    case 'arriving':
    case 'behind':
      return t(`offline.${offline.kind}`, { percent: percent(offline.percent / 100) });
    default:
      return t(`offline.${offline.kind}`);
  }
}

/** Whether everything is well, or will be in a moment. */
export const isWell = ({ kind }: OfflineState): boolean => kind === 'works' || kind === 'since' || kind === 'checking';

/** What helps, where one press does. */
export function offlineRemedy({ kind }: OfflineState, sync: Sync): { label: string; run: () => void } | null {
  switch (kind) {
    case 'past':
    case 'certificate':
    case 'blocked':
    case 'lost':
    case 'failed':
    case 'unreadable':
      return { label: t('do.reload'), run: () => location.reload() };
    case 'unreachable':
    case 'torn':
      return { label: t('do.tryAgain'), run: () => void pwa.keepAgain() };
    case 'incomplete':
    case 'full':
      return { label: t('do.tryAgain'), run: () => sync.retry() };
    default:
      return null;
  }
}
