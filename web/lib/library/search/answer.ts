import type { SearchAnswer, SearchResult } from '../types.ts';
import { matchesIn } from './matches.ts';
import type { Found, NameIndex } from './nameIndex.ts';

/** What a query finds, ready to be shown. */
export function answerOf(index: NameIndex, query: string, limit: number): SearchAnswer {
  const found = index.find(query, limit);
  const results = (list: readonly Found[] = []): SearchResult[] =>
    list.map(({ item: { kind, id, name, detail, ownerId } }) => ({
      kind,
      id,
      name,
      detail,
      matches: matchesIn(name, query),
      ...(ownerId !== undefined && { ownerId }),
    }));
  return {
    query,
    artists: results(found.get('artist')),
    albums: results(found.get('album')),
    tracks: results(found.get('track')),
    playlists: results(found.get('playlist')),
  };
}
