import type { JobId } from '#shared/jobs/jobId.ts';
import type { t } from '$lib/i18n/index.svelte.ts';

/** What a run left: counts, names, moments. It came over the wire, so nothing in it is certain. */
export type Summary = Readonly<Record<string, unknown>>;

/** How the language of this device says things. `time`: of a moment in seconds, by the household's clocks. */
export interface Speech {
  t: typeof t;
  bytes: (count: number) => string;
  list: (names: readonly string[]) => string;
  time: (seconds: number) => string;
}

const count = (value: unknown): number => (typeof value === 'number' ? value : 0);
const names = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];

/** What a run of each job did, in a sentence or two. */
export const results: Record<JobId, (summary: Summary, speech: Speech) => string> = {
  backup_database(summary, { t, bytes }) {
    if (summary['skipped']) return t('did.empty');
    const removed = names(summary['removed']).length;
    return `${t('did.backup', { size: bytes(count(summary['bytes'])) })}${removed > 0 ? ` ${t('did.removed', { n: removed })}` : ''}`;
  },
  cleanup_old_tracks(summary, { t }) {
    if (summary['archived'] === undefined) return t('did.waiting', { n: count(summary['listens']) });
    return summary['days'] === 0 ? t('did.retainedAll') : t('did.archived', { n: count(summary['archived']) });
  },
  compute_analytics(summary, { t, list }) {
    const [repaired, missing] = [count(summary['repaired']), names(summary['missingArchives'])];
    const more = [
      repaired > 0 ? t('did.repaired', { n: repaired }) : '',
      missing.length > 0 ? t('did.missing', { names: list(missing) }) : '',
    ];
    return [t('did.months', { n: count(summary['months']) }), ...more].filter((part) => part !== '').join(' ');
  },
  refresh_spotify_token: (summary, { t, time }) =>
    summary['skipped'] ? t('did.notConnected') : t('did.token', { time: time(count(summary['validUntil'])) }),
};
