import type { Library } from '$lib/library/index.ts';
import { clock } from './clock.svelte.ts';
import { type ServerCondition, serverConditions } from './serverConditions.ts';

/** What a person should know of the server at this moment; reactive. */
export const conditionsNow = ({
  household,
  live,
  sync,
}: Pick<Library, 'household' | 'live' | 'sync'>): ServerCondition[] =>
  serverConditions({
    household: household.current,
    reported: sync.state === 'offline' ? [] : live.conditions,
    now: clock.now,
  });
