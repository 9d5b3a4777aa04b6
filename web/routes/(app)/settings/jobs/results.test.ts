import { describe, expect, it } from 'vitest';
import { jobIds, type JobId } from '#shared/jobs/jobId.ts';
import en from '../../../../lib/i18n/en/index.ts';
import fr from '../../../../lib/i18n/fr/index.ts';
import { fill, isWhole, type Message, type Params } from '../../../../lib/i18n/message.ts';
import { results, type Speech, type Summary } from './results.ts';

const languages = { en, fr };

/** As a device of that language says it; what is not a whole sentence ends the test. */
function speechOf(language: 'en' | 'fr'): Speech {
  const t = (key: keyof typeof en, values: Params = {}) => {
    const message: Message = languages[language][key];
    expect(isWhole(message, values), `${key} in ${language}`).toBe(true);
    return fill(message, values, new Intl.PluralRules(language), new Intl.NumberFormat(language));
  };
  return {
    t: t,
    bytes: (count) => `${count} B`,
    list: (names) => names.join(', '),
    time: (seconds) => `at ${seconds}`,
  };
}

/** What each job leaves, in every way it ends: to be added to with a new job. */
const summaries: Record<JobId, Summary[]> = {
  backup_database: [
    { skipped: 'empty' },
    { file: 'a.zip', bytes: 5_000, removed: [] },
    { file: 'a.zip', bytes: 5_000, removed: ['b.zip', 'c.zip'] },
  ],
  cleanup_old_tracks: [
    { days: 365, listens: 12, oldest: 1 },
    { days: 0, archived: 0 },
    { days: 365, archived: 3, files: ['x'] },
  ],
  compute_analytics: [{ months: 0 }, { months: 4, repaired: 2, missingArchives: ['listens-2020-01-01-1.jsonl'] }],
  refresh_spotify_token: [{ skipped: 'not-configured' }, { validUntil: 1_800_000_000 }],
};

describe.each(['en', 'fr'] as const)('every job in %s', (language) => {
  it.each(jobIds)('%s has a name, and says what each of its runs did', (id) => {
    expect(languages[language][`job.${id}`]).not.toBe('');
    const said = summaries[id].map((summary) => results[id](summary, speechOf(language)));
    expect(new Set(said).size).toBe(summaries[id].length);
    for (const sentence of [...said, results[id]({}, speechOf(language))]) {
      expect(sentence).toMatch(/^[^{}]+\.$/);
      expect(sentence).not.toBe(languages[language]['outcome.done']);
    }
  });
});
