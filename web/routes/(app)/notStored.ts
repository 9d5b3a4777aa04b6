import { t } from '$lib/i18n/index.svelte.ts';
import { NotStored } from '$lib/library/index.ts';
import { toast } from '$lib/ui/toasts.svelte.ts';

/**
 * Tells, in one place, of every action that this device's storage did not take: whoever asked for it has shown nothing as done,
 * because it rejected, and what was typed is still in its field.
 * @returns stops telling.
 */
export function tellNotStored(): () => void {
  const tell = (event: PromiseRejectionEvent) => {
    if (!(event.reason instanceof NotStored)) return;
    event.preventDefault();
    toast({ text: t(`notStored.${event.reason.reason}`), lasting: true });
  };
  addEventListener('unhandledrejection', tell);
  return () => removeEventListener('unhandledrejection', tell);
}
