import type { ListenSource } from '#shared/journal/listen.ts';
import { hasZones } from '#shared/upstreams/registry.ts';
import { t } from '$lib/i18n/index.svelte.ts';
import { supportGroup } from '$lib/ui/support.ts';

/** "Roon", or the zone it was heard in. */
export const sourceName = (source: ListenSource, zone?: string): string =>
  zone && hasZones(source) ? zone : t(`source.${source}`);

/** A name as the middle of a sentence writes it: "vinyl", but "CD". */
export const withinSentence = (name: string): string =>
  /^\p{Lu}{2}/u.test(name) ? name : name.charAt(0).toLocaleLowerCase() + name.slice(1);

/** The support in the reader's language; what is neither vinyl, CD, SACD, cassette nor file goes by its own name. */
export function supportName(support: string | null): string {
  const kind = supportGroup(support);
  if (kind === null) return t('support.none');
  return kind === 'other' && support ? support : t(`support.${kind}`);
}

/** How a record stands: what it is on, where that is known; else that it is on the shelf, wanted, or known from listening alone. */
export function shelfStatusName({
  support,
  owned,
  wanted,
}: {
  support: string | null;
  owned: boolean;
  wanted: boolean;
}): string {
  if (support !== null) return supportName(support);
  return owned ? t('support.owned') : wanted ? t('album.wanted') : t('support.none');
}

/** The same of a record that is not on the shelf, in its own words. @param plays how often it was heard. */
export const notOwnedName = (wanted: boolean, plays: number): string =>
  t(wanted ? 'album.wanted' : plays > 0 ? 'album.notOwned' : 'album.neither');

/** The supports a person may say a record has, as the library names them; "" for none said. */
export const supportChoices = (): { value: string; label: string }[] => [
  { value: 'Vinyl', label: t('support.vinyl') },
  { value: 'CD', label: t('support.cd') },
  { value: 'Cassette', label: t('support.cassette') },
  { value: 'SACD', label: t('support.sacd') },
  { value: 'Digital', label: t('support.digital') },
  { value: '', label: t('record.noSupport') },
];
