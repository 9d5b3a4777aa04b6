import { error } from '@sveltejs/kit';
import { isDocumentId, type Wrong } from '$lib/address.ts';
import type { PlainKey } from '$lib/i18n/index.svelte.ts';

/** The way on from an address where nothing is. */
export interface WayOn {
  href: string;
  label: PlainKey;
}

/** Before a page is shown: what of its address cannot be is said in its place. @throws what shows `+error.svelte`. */
export function refuseWrong(wrong: readonly Wrong[], way: WayOn): void {
  if (wrong.length > 0) error(404, { message: 'The address cannot be', wrong: [...wrong], way });
}

/** The same of the id that a page's path names. */
export function refuseNoId(id: string, way: WayOn): void {
  if (!isDocumentId(id))
    error(404, { message: 'The id cannot be', wrong: [{ name: 'id', text: id.slice(0, 60) }], way });
}
