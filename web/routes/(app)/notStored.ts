import { t } from '$lib/i18n/index.svelte.ts';
import { NotPossible, NotStored } from '$lib/library/index.ts';
import { toast } from '$lib/ui/toasts.svelte.ts';

/**
 * Reports, in one place, every mutation that this device's storage did not take, and every one that is not possible: whoever asked for
 * it has shown nothing as done, because it rejected, and what was typed is still in its field.
 *
 * @returns stops notifying.
 */
export function reportNotStored(): () => void {
  const onRejection = (event: PromiseRejectionEvent) => {
    const { reason: error } = event as { reason: unknown };
    if (!(error instanceof NotStored || error instanceof NotPossible)) return;
    event.preventDefault();
    const text = error instanceof NotStored ? t(`notStored.${error.reason}`) : t(`notPossible.${error.reason}`);
    toast({ text, lasting: true });
  };
  addEventListener('unhandledrejection', onRejection);
  return () => removeEventListener('unhandledrejection', onRejection);
}
