import { untrack } from 'svelte';
import { ApiError, useLibrary } from '$lib/library/index.ts';
import { Asking } from './asking.ts';

/** How true what was asked from the server is. */
export interface Fresh {
  /** When all of it was known last, milliseconds since the epoch, while it may be another by now; null while it is true, or was never known. */
  readonly asOf: number | null;
  /** Asks again. */
  again(): void;
}

/**
 * For a page or part of one that shows what only the server has, while it is open; called while that is made: asks at once, and again when the server is reached
 * anew, reports a change, or the page becomes visible.
 *
 * @param ask resolves to whether all of it was answered, or rejects.
 * @param follows read reactively: it is asked again at each change of this too.
 */
export function keepFresh(ask: () => Promise<boolean>, follows: () => unknown = () => undefined): Fresh {
  const { household, live, sync } = useLibrary();
  let known = $state<number | null>(null);
  let old = $state(false);
  const moved = $derived(live.moved);
  const householdNow = $derived(household.current);
  const asking = new Asking(
    async () => {
      try {
        const isWhole = await ask();
        if (isWhole) known = Date.now();
        old = !isWhole || sync.state === 'offline';
      } catch (error) {
        old = true;
        if (!(error instanceof ApiError)) reportError(error);
      }
    },
    () => document.visibilityState === 'visible',
  );
  $effect(() => {
    if (sync.state === 'offline') old = true;
  });
  $effect(() => {
    void [moved, householdNow, follows()];
    untrack(() => asking.request());
  });
  $effect(() => {
    const look = () => asking.request();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      asking.stop();
    };
  });
  return {
    get asOf() {
      return old ? known : null;
    },
    again: () => asking.request(),
  };
}
