import { expect, it } from 'vitest';
import type { AlbumDocument } from '#shared/library/album.ts';
import type { Library } from '../api/library.ts';
import { holdings } from '../testing/holdings.ts';
import { applied, libraryForTest, listenTo, replicaOf, START } from '../testing/library.ts';

const albumOf = (library: Library) =>
  [...replicaOf(library)].find(([key]) => key.startsWith('albums:'))![1] as AlbumDocument;

/** An album of which two pictures are known; a person chose the one that the rule would not show. */
function chosen() {
  const fixture = libraryForTest();
  const { library } = fixture;
  listenTo(library);
  const { id } = albumOf(library);
  const addresses = {
    spotify: 'https://i.scdn.co/image/1',
    lastfm: 'https://lastfm.freetls.fastly.net/i/u/2.jpg',
  } as const;
  const found = (source: keyof typeof addresses) =>
    library.images.add({ url: addresses[source], source, owner: { albumId: Number(id) } });
  found('spotify');
  found('lastfm');
  const [byRule, other] = albumOf(library).images;
  applied(library, { kind: 'choose-cover', albumId: id, imageId: other!.id });
  expect(albumOf(library).images).toEqual([other, byRule]);
  return { ...fixture, id, byRule: byRule!, other: other!, found };
}

it('a cover that a person chose stays their choice when it is gone upstream: reported, and shown again when it is back', () => {
  const { library, setTime, byRule, other, found } = chosen();
  library.images.dead(other.id);
  expect(albumOf(library)).toMatchObject({ images: [byRule], missingCover: other });
  setTime(START + 8 * 86_400);
  found('lastfm');
  const back = albumOf(library);
  expect(back.images).toEqual([other, byRule]);
  expect(back).not.toHaveProperty('missingCover');
});

it('a cover that is gone is missed no more once another is chosen, and one that nobody chose never', () => {
  const { library, id, byRule, other } = chosen();
  library.images.dead(other.id);
  applied(library, { kind: 'choose-cover', albumId: id, imageId: byRule.id });
  expect(albumOf(library)).not.toHaveProperty('missingCover');
  const unchosen = chosen();
  unchosen.library.images.dead(unchosen.byRule.id);
  expect(albumOf(unchosen.library)).not.toHaveProperty('missingCover');
});

it('the choice is stored on a device that brings the library back, and the picture is shown when its service reports it again', async () => {
  const { library, other, byRule } = chosen();
  library.images.dead(other.id);
  const fresh = libraryForTest();
  for (const [collection, documents] of holdings(library))
    await fresh.library.rebuild.take(collection, documents, { life: 'former' });
  expect(albumOf(fresh.library)).toEqual(albumOf(library));
  fresh.library.images.add({
    url: 'https://lastfm.freetls.fastly.net/i/u/3.jpg',
    source: 'lastfm',
    owner: { albumId: Number(albumOf(library).id) },
  });
  expect(albumOf(fresh.library).images).toEqual([other, byRule]);
});

it('the colour is that of the cover that is shown, whichever other was looked at, and follows the choice at once', () => {
  const { library, id, byRule, other } = chosen();
  const accentColour = () => albumOf(library).lent;
  library.images.good(other.id, { hue: 30, chroma: 0.1 });
  expect(accentColour()).toEqual({ hue: 30, chroma: 0.1 });
  const seq = library.feed.lastSeq();
  library.images.good(byRule.id, { hue: 200, chroma: 0.2 });
  expect(accentColour()).toEqual({ hue: 30, chroma: 0.1 });
  // Nothing is reported of a picture that was merely looked at.
  expect(library.feed.lastSeq()).toBe(seq);
  applied(library, { kind: 'choose-cover', albumId: id, imageId: byRule.id });
  expect(accentColour()).toEqual({ hue: 200, chroma: 0.2 });
  library.images.dead(byRule.id);
  expect(accentColour()).toEqual({ hue: 30, chroma: 0.1 });
});
