import { Address } from '$lib/address.ts';
import { refuseWrong } from '../notThere.ts';
import { readPeriod } from './chosenPeriod.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ url }) => {
  const address = new Address(url.searchParams);
  readPeriod(address, Date.now());
  refuseWrong(address.wrong, { href: '/analytics', label: 'nav.analytics' });
};
