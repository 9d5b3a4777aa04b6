import { refuseWrong } from '../../../notThere.ts';
import { yearAddress } from './address.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ params }) =>
  refuseWrong(yearAddress(params.year, Date.now()).wrong, { href: '/analytics', label: 'nav.analytics' });
