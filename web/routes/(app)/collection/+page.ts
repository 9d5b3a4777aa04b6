import { Address } from '$lib/address.ts';
import { refuseWrong } from '../notThere.ts';
import { filtersOf } from './filters.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ url }) => {
  const address = new Address(url.searchParams);
  filtersOf(address);
  refuseWrong(address.wrong, { href: '/collection', label: 'nav.collection' });
};
