import { type CollectionName, REFERRED_FIRST } from '#shared/sync/collections.ts';
import type { Library } from '../api/library.ts';
import { replicaOf } from './library.ts';

/** All but what says what was done: what names others comes after what it names. */
export const ORDER: CollectionName[] = REFERRED_FIRST.filter((name) => name !== 'intents');

/** What a device holds, as it gives it back: by collection, each in an order of its own. */
export function holdings(library: Library, order: readonly CollectionName[] = ORDER): [CollectionName, unknown[]][] {
  const replica = [...replicaOf(library)];
  return order.map((name) => [
    name,
    replica.filter(([key]) => key.startsWith(`${name}:`)).map(([, document]) => document),
  ]);
}
