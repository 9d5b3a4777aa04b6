import { t } from '$lib/i18n/index.svelte.ts';

/** A label as Discogs lists it. "Not On Label" is what it writes where there is none, in English everywhere, with who brought it out in brackets. */
export function labelName(name: string): string {
  const none = /^Not On Label(?: \((.+?)(?: Self[- ]released)?\))?$/i.exec(name);
  if (none === null) return name;
  return none[1] === undefined ? t('label.none') : t('label.own', { name: none[1] });
}

/** A folder of a Discogs collection: the one that everything begins in is called "Uncategorized" in every language. */
export const folderName = (name: string): string => (name === 'Uncategorized' ? t('folder.none') : name);
