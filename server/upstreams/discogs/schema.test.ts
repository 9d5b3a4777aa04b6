import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UpstreamError } from '#server/kit/http/upstreamError.ts';
import { parseResponse } from '#server/kit/http/responseSchema.ts';
import { mutated } from '#tests/arbitraries/mutated.ts';
import { MasterAnswer, ReleaseAnswer, SearchAnswer } from './catalogue.ts';
import { CollectionAnswer, WantlistAnswer } from './collection.ts';
import { Fields, Folders, Identity } from './schema.ts';

const ITEM = {
  id: 501,
  instance_id: 9001,
  folder_id: 4,
  rating: 5,
  date_added: '2024-02-29T23:30:00-08:00',
  notes: [
    { field_id: 1, value: 'Mint (M)' },
    { field_id: 2, value: '' },
  ],
  basic_information: {
    id: 501,
    master_id: 0,
    master_url: null,
    title: 'Harbour Lights',
    year: 0,
    thumb: '',
    cover_image: 'https://st.discogs.example/abc/images/spacer.gif',
    artists: [{ id: 3, name: 'Ada Nord (2)', anv: '', join: ',', role: '', tracks: '' }],
    labels: [{ name: 'Quay (4)', catno: 'none', entity_type: '1' }],
    formats: [
      { name: 'Vinyl', qty: '2', text: 'Blue' },
      { name: 'All Media', qty: '1', descriptions: ['Album'] },
    ],
  },
};
const page = (releases: unknown) => ({
  pagination: { page: 1, pages: 1, per_page: 100, items: 1, urls: {} },
  releases,
});

describe('a collection page', () => {
  it('reads the odd but usual: no year, no master, no cover, no descriptions, a stray join', () => {
    const { copies, setAside } = parseResponse('Discogs', CollectionAnswer, page([ITEM]));
    expect(setAside).toEqual([]);
    expect(copies).toEqual([
      {
        instanceId: 9001,
        folderId: 4,
        rating: 5,
        dateAdded: Date.UTC(2024, 2, 1, 7, 30) / 1000,
        notes: [{ fieldId: 1, value: 'Mint (M)' }],
        release: {
          id: 501,
          masterId: null,
          title: 'Harbour Lights',
          year: null,
          artists: [{ id: 3, name: 'Ada Nord (2)', creditedAs: 'Ada Nord', join: '' }],
          credit: 'Ada Nord',
          labels: [{ name: 'Quay', catno: null }],
          formats: [
            { name: 'Vinyl', qty: 2, descriptions: [], text: 'Blue' },
            { name: 'All Media', qty: 1, descriptions: ['Album'], text: null },
          ],
          support: 'Vinyl',
          genres: [],
          styles: [],
          coverUrl: null,
          thumbUrl: null,
        },
      },
    ]);
  });

  it('counts what it could not read instead of passing over it in silence', () => {
    const read = parseResponse('Discogs', CollectionAnswer, page([ITEM, null, { id: 1 }]));
    expect(read.copies).toHaveLength(1);
    expect(read.setAside).toEqual([
      { reason: 'unreadable', raw: null },
      { reason: 'unreadable', raw: { id: 1 } },
    ]);
  });

  it('refuses a page without its list or its count, which would look like an emptied shelf', () => {
    expect(() => parseResponse('Discogs', CollectionAnswer, page(undefined))).toThrow(UpstreamError);
    expect(() => parseResponse('Discogs', CollectionAnswer, { releases: [] })).toThrow(UpstreamError);
  });
});

describe('a release', () => {
  it('finds year, cover and barcodes where a list would have had them', () => {
    const release = parseResponse('Discogs', ReleaseAnswer, {
      id: 501,
      title: 'Harbour Lights',
      year: 0,
      released: '1992-00-00',
      uri: 'javascript:alert(1)',
      identifiers: [
        { type: 'Barcode', value: '5 012394-144777' },
        { type: 'Matrix / Runout', value: 'X1' },
      ],
      images: [
        { type: 'secondary', uri: 'https://i.discogs.example/back.jpg' },
        {
          type: 'primary',
          uri: 'https://i.discogs.example/front.jpg',
          uri150: 'https://i.discogs.example/150.jpg',
          width: 600,
          height: 590,
        },
        { type: 'secondary', uri: '' },
      ],
    });
    expect(release).toMatchObject({ year: 1992, released: '1992-00-00', barcodes: ['5012394144777'], url: null });
    expect(release).toMatchObject({
      coverUrl: 'https://i.discogs.example/front.jpg',
      thumbUrl: 'https://i.discogs.example/150.jpg',
    });
    expect(release.images).toHaveLength(2);
  });
});

describe('a search', () => {
  it('keeps releases only', () => {
    const { results } = parseResponse('Discogs', SearchAnswer, {
      results: [
        { id: 1, type: 'master', title: 'Ada Nord - Harbour Lights' },
        {
          id: 2,
          type: 'release',
          title: 'Ada Nord - Harbour Lights',
          year: '1992',
          barcode: ['5 0123'],
          format: ['Vinyl'],
          catno: 'none',
        },
      ],
    });
    expect(results).toMatchObject([{ id: 2, year: 1992, barcodes: ['50123'], catno: null }]);
  });
});

describe('whatever comes', () => {
  const parsers = {
    CollectionAnswer,
    WantlistAnswer,
    ReleaseAnswer,
    MasterAnswer,
    SearchAnswer,
    Folders,
    Fields,
    Identity,
  };

  it.each(Object.entries(parsers))('%s reads it or refuses it with an UpstreamError', (_name, parser) => {
    const shaped = fc.oneof(mutated(page([ITEM])), mutated({ ...ITEM.basic_information, tracklist: [{ title: 'x' }] }));
    fc.assert(
      fc.property(shaped, (value) => {
        try {
          parseResponse('Discogs', parser, value);
        } catch (error) {
          expect(error).toBeInstanceOf(UpstreamError);
        }
      }),
    );
  });
});
