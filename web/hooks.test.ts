import { expect, test } from 'vitest';
import { reroute } from './hooks.ts';

const pageOf = (address: string) => reroute({ url: new URL(address, 'http://localhost'), fetch });

test('an address that is not well encoded is nowhere, and any other is itself', () => {
  for (const part of ['%zz', '%E0%A4%A', '%', '%ff', '%25%']) expect(pageOf(`/album/${part}`), part).toBe('/%25');
  for (const path of ['/', '/album/12', '/album/%25', '/artist/Bj%C3%B6rk', '/%2525'])
    expect(pageOf(path), path).toBe(path);
});
