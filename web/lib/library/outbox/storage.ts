/** What the outbox needs of localStorage. */
export type OutboxStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** The keys that begin so, in their order. */
export function keysIn(storage: OutboxStorage | undefined, prefix: string): string[] {
  const { length = 0 } = storage ?? {};
  const keys: string[] = [];
  for (let index = 0; index < length; index++) {
    const key = storage?.key(index);
    if (key?.startsWith(prefix)) keys.push(key);
  }
  return keys.sort();
}
