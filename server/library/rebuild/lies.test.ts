import { describe, expect, it } from 'vitest';
import type { JournalPage } from '#shared/journal/page.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import { libraryForTest, listenTo, replicaOf, START } from '../testing/library.ts';

/** A library, and what a device of it holds. */
async function aHouse() {
  const { library } = libraryForTest();
  listenTo(library, { playedAt: START });
  listenTo(library, { playedAt: START + 900, title: 'Brann' });
  const held = [...replicaOf(library)];
  const of = (name: CollectionName) => held.filter(([key]) => key.startsWith(`${name}:`)).map(([, document]) => document);
  const give = (name: CollectionName, documents: unknown[]) => library.rebuild.take(name, documents, { life: library.feed.epoch });
  for (const name of ['artists', 'albums'] as const) await give(name, of(name));
  return { library, give, page: of('journal')[0] as JournalPage };
}

describe('a page of the journal that lies about how much it holds', () => {
  it.each([2_000_000_000, 2 ** 31, Number.MAX_SAFE_INTEGER, 10_000_000, 1, 0])('n: %d is refused in words, and nothing else stops', async (n) => {
    const { give, page } = await aHouse();
    expect(await give('journal', [{ ...page, id: '2023-11.1', n }, page])).toMatchObject({ known: 1, refused: [{ id: '2023-11.1', reason: expect.stringMatching(/^(n|document): /) as string }] });
  });
});
