import { refuseWrong } from '../notThere.ts';
import { timelineAddress } from './address.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ url }) =>
  refuseWrong(timelineAddress(url.searchParams, Date.now()).wrong, { href: '/timeline', label: 'nav.timeline' });
