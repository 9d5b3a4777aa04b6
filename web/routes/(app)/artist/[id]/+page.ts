import { refuseNoId } from '../../notThere.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ params }) => refuseNoId(params.id, { href: '/collection', label: 'nav.collection' });
