import type { Lead } from '#shared/analytics/lead.ts';
import { playing } from '$lib/i18n/format.svelte.ts';
import { parts, t } from '$lib/i18n/index.svelte.ts';
import type { Part } from '$lib/i18n/message.ts';
import { spellCount } from '$lib/i18n/spellCount.ts';
import { withinSentence } from '../names.ts';
import { periodLabels } from './compared.ts';
import { carrierName, changedBy, hourName } from './names.ts';
import type { View } from './view.ts';

/** What the figures of a period mean, in sentences. */
export function leadSentences(
  lead: Lead,
  view: Pick<View, 'chosen' | 'today'> & { analysis: Pick<View['analysis'], 'calendar'> },
): Part[] {
  const { now, before, comparedWith, hours, mostly, newAlbums } = lead;
  if (now.listens === 0) return parts('lead.none');
  const time = playing(now);
  const all: Part[][] = [parts('lead.listens', { n: now.listens, days: t('lead.days', { n: now.days }), time })];
  if (hours && hours.from !== hours.to)
    all.push(parts('lead.hours', { from: hourName(hours.from), to: hourName(hours.to) }));
  const isHalf = mostly !== null && mostly.share > 0.5;
  if (mostly?.kind === 'owned' && mostly.support)
    all.push(
      parts(isHalf ? 'lead.mostlyOwned' : 'lead.oftenOwned', { support: withinSentence(carrierName(mostly.support)) }),
    );
  if (mostly?.kind === 'streamed') all.push(parts(isHalf ? 'lead.mostlyStreamed' : 'lead.oftenStreamed'));
  // In all of time every record was new once.
  if (newAlbums > 0 && view.chosen.unit !== 'all')
    all.push(parts('lead.new', { n: newAlbums, words: spellCount(newAlbums) }));
  if (before && comparedWith && before.listens >= 10) {
    const change = now.listens / before.listens - 1;
    const key =
      change === 0 ? 'lead.same' : Math.abs(change) < 0.02 ? 'lead.almost' : change > 0 ? 'lead.more' : 'lead.fewer';
    const { than } = periodLabels(view.chosen, comparedWith, view.analysis.calendar, Number(view.today.slice(0, 4)));
    all.push(
      key === 'lead.same' || key === 'lead.almost'
        ? parts(key, { than })
        : parts(key, { percent: changedBy(change), than }),
    );
  }
  return all.flatMap((sentence, index) => (index === 0 ? sentence : [{ text: ' ', strong: false }, ...sentence]));
}
