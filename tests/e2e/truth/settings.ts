import { even, figures, languages } from './format.ts';
import { becomes, open, text, texts } from './reading.ts';
import type { Shown } from './shown.ts';

/** What Settings say of the library and of what was imported. */
export async function settings({ page, language, library }: Shown): Promise<void> {
  const { messages } = languages[language];
  await open(page, '/settings');
  await becomes(
    async () => (await texts(page.locator('aside dd'))).slice(0, 3).map(Number),
    [library.heard.length, library.albums.size, library.owned.length],
    'the library on this device',
  );
  const row = (title: string) => page.locator('.st', { hasText: even(title) }).first();
  await becomes(
    async () => figures(await text(row(messages['collection.import.title'])))[0],
    library.copies,
    'copies read from Discogs',
  );
  await becomes(
    async () =>
      figures(await text(row(messages['backfill.title'])))
        .slice(0, 2)
        .reduce((sum, n) => sum + n, 0),
    library.heard.length,
    'listens read from Last.fm',
  );
  // They come one after the other: so many there are, of which so many are here already.
  const covers = async () =>
    figures(
      (await text(row(messages['covers.title']))).replace(
        new RegExp(`${even(messages['covers.size']).split('{')[0]!}.*`),
        '',
      ),
    );
  await becomes(
    async () => Math.max(...(await covers())),
    library.owned.filter(({ hasPicture }) => hasPicture).length,
    'covers of the shelf',
  );
}
