import { Address } from '$lib/address.ts';
import { readJournalAddress } from '$lib/library/journalAddress.ts';
import { refuseWrong } from '../notThere.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ url }) => {
  const address = new Address(url.searchParams);
  const { from } = readJournalAddress(address);
  address.noteToCome(address.has('day') ? 'day' : 'from', from, Date.now());
  refuseWrong(address.wrong, { href: '/journal', label: 'nav.journal' });
};
