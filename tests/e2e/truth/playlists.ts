import { durationText, even, figures, languages, plural } from './format.ts';
import { becomes, open, says, text, texts } from './reading.ts';
import type { Shown } from './shown.ts';

/** What the list of playlists and each of their pages say. */
export async function playlists({ page, language, library }: Shown): Promise<void> {
  await open(page, '/playlists');
  const { messages } = languages[language];
  const facts = library.playlists.map(({ name, tracks }) => ({
    name,
    facts: `${plural(messages['unit.tracks'], tracks.length)}, ${durationText(library.time(tracks.map((track) => library.tracks.get(track)!)), language)}`,
  }));
  const shown = async () => {
    const [called, said] = [await texts(page.locator('.pls .work')), await texts(page.locator('.pls a > .x'))];
    return called
      .map((name, place) => ({ name, facts: said[place]!.replace(/^[^,]*, /, '') }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  };
  await becomes(
    shown,
    facts.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    'playlists',
  );
  await becomes(
    async () => figures(await text(page.locator('.panel h2', { hasText: even(messages['playlists.saved']) }))),
    [facts.length],
    'how many playlists',
  );
  for (const [place, { id }] of library.playlists.entries()) {
    await open(page, `/playlists/${id}`);
    await says(page.locator('p.facts'), new RegExp(`^${facts[place]!.facts}\\.`), 'a playlist');
  }
}
