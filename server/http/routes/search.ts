import { searchLibrary } from '#shared/api/search.ts';
import type { Library } from '../../library/api/library.ts';
import { route } from '../route.ts';

export const searchRoutes = (library: Library) => [
  route(searchLibrary, ({ query }) => library.reads.search(query.q, query.limit)),
];
