import type { Lookups as LookupStatus } from '#shared/api/enrichment.ts';
import { list, momentOn, playing } from '$lib/i18n/format.svelte.ts';
import { lookUp, t } from '$lib/i18n/index.svelte.ts';
import { serviceErrorMessage } from '../../services/services.ts';

/** What is still to be asked of one service, as the server reports it. */
export type Lookups = Omit<LookupStatus, 'done' | 'lastError'>;

/** A service is worth a line while something waits for it that it will be asked, or a person paused it. */
export const isShown = ({ state, waiting }: Lookups): boolean => state === 'paused' || (state !== 'off' && waiting > 0);

/** What is looked up at a service, how long that takes, and why it waits if it does. `now` in milliseconds. */
export function lookupSentence(
  { upstream, state, blockedUntil, trouble: serviceError, waiting, kinds, secondsLeft }: Lookups,
  timeZone: string,
  now: number,
): string {
  const what = Object.entries(kinds).map(([kind, n]) => lookUp(`lookups.${kind}`, { n }) ?? t('lookups.other', { n }));
  const left = waiting > 0 ? t('lookups.left', { what: list(what) }) : '';
  return [left, waits() ?? (waiting > 0 ? duration() : '')].filter((sentence) => sentence !== '').join(' ');

  function waits(): string | undefined {
    if (state === 'paused') return t('state.lookups-paused');
    if (state === 'refused') return serviceErrorMessage(upstream, serviceError);
    if (state !== 'blocked' || blockedUntil === null) return undefined;
    return `${serviceError ? serviceErrorMessage(upstream, serviceError) : ''} ${t('lookups.goesOn', { when: momentOn(blockedUntil, timeZone, now) })}`.trim();
  }
  function duration(): string {
    return secondsLeft === null
      ? t('lookups.timeUnknown')
      : t('lookups.time', {
          time: playing({ seconds: Math.max(60, secondsLeft), estimatedSeconds: Math.max(60, secondsLeft) }),
        });
  }
}
