import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeTitle } from './title.ts';

const kinds = (title: string) => normalizeTitle(title).versions.map((version) => version.kind);

describe('normalizeTitle', () => {
  it.each<[string, string, string[]]>([
    ['Harbour Lights (Remastered 2011)', 'Harbour Lights', ['remaster']],
    ['Harbour Lights - 2011 Remaster', 'Harbour Lights', ['remaster']],
    ['Harbour Lights – Remastered', 'Harbour Lights', ['remaster']],
    ['Harbour Lights - Remasterisé en 2011', 'Harbour Lights', ['remaster']],
    ['Harbour Lights (2009 Digital Remaster)', 'Harbour Lights', ['remaster']],
    ['Harbour Lights 2011 Remaster', 'Harbour Lights', ['remaster']],
    ['Harbour Lights - Live', 'Harbour Lights', ['live']],
    ['Harbour Lights (Live at Wembley, 1986)', 'Harbour Lights', ['live']],
    ['Harbour Lights (Live / Remastered)', 'Harbour Lights', ['live', 'remaster']],
    ['Harbour Lights - Live - 2003 Remaster', 'Harbour Lights', ['live', 'remaster']],
    ['Harbour Lights [Deluxe Edition]', 'Harbour Lights', ['deluxe']],
    ['Harbour Lights (50th Anniversary Super Deluxe Edition)', 'Harbour Lights', ['deluxe']],
    ['Harbour Lights - Single Version', 'Harbour Lights', ['release']],
    ['Harbour Lights (Album Version)', 'Harbour Lights', ['release']],
    ['Harbour Lights - Radio Edit', 'Harbour Lights', ['edit']],
    ['Harbour Lights (Extended Mix)', 'Harbour Lights', ['extended']],
    ['Harbour Lights (Otto Lund Remix)', 'Harbour Lights', ['remix']],
    ['Harbour Lights (Acoustic)', 'Harbour Lights', ['acoustic']],
    ['Harbour Lights (Version acoustique)', 'Harbour Lights', ['acoustic']],
    ['Harbour Lights (Demo)', 'Harbour Lights', ['demo']],
    ['Harbour Lights (Instrumental)', 'Harbour Lights', ['instrumental']],
    ['Harbour Lights (Mono)', 'Harbour Lights', ['mono']],
    ['Harbour Lights (Original Motion Picture Soundtrack)', 'Harbour Lights', ['soundtrack']],
    ['Harbour Lights (ao vivo)', 'Harbour Lights', ['live']],
    ['Harbour Lights (Official Video)', 'Harbour Lights', ['video']],
    ['Harbour Lights (Bonus Track)', 'Harbour Lights', ['bonus']],
    ['港の灯【ライブ】', '港の灯', ['live']],
  ])('%s', (title, core, expected) => {
    expect(normalizeTitle(title).core).toBe(core);
    expect(kinds(title)).toEqual(expected);
  });

  it.each([
    "(I Can't Get No) Satisfaction",
    "(Don't Fear) The Reaper",
    'Shine On (Part 2)',
    'Live and Let Die',
    'Song (Live and Let Die)',
    'Live Forever',
    'Alive - The Movie Star',
    '(Live)',
    '1999',
    '4:33',
    'Remastered',
    'Anthem (We Are the Fire)',
    'Sunn O)))',
    '!!!',
    '₊˚',
    'Demo Derby',
    'Movements: I - II',
    'Rehab (Hot)',
    'Edit',
  ])('%s is a name as it stands', (title) =>
    expect(normalizeTitle(title)).toEqual({ core: title, featured: [], versions: [] }),
  );

  it.each<[string, string, string[]]>([
    ['Harbour Lights (feat. Otto Lund)', 'Harbour Lights', ['Otto Lund']],
    ['Harbour Lights [ft. Otto Lund & Kim]', 'Harbour Lights', ['Otto Lund', 'Kim']],
    ['Harbour Lights feat. Otto Lund', 'Harbour Lights', ['Otto Lund']],
    ['Harbour Lights (with Otto Lund)', 'Harbour Lights', ['Otto Lund']],
    ['Harbour Lights (feat. Otto Lund) [Live]', 'Harbour Lights', ['Otto Lund']],
  ])('%s credits further artists', (title, core, featured) => {
    expect(normalizeTitle(title)).toMatchObject({ core, featured });
  });

  it('leaves a title longer than any real one as it is', () => {
    const long = `${'Harbour '.repeat(100)}(Live)`;
    expect(normalizeTitle(long)).toEqual({ core: long, featured: [], versions: [] });
  });

  it('distinguishes one remix and one concert from another', () => {
    const detail = (title: string) => normalizeTitle(title).versions[0]?.detail;
    expect(detail('X (Otto Lund Remix)')).toBe('otto lund');
    expect(detail('X (Live at Wembley)')).toBe('wembley');
    expect(detail('X - Live')).toBe('');
  });

  it('never takes the whole name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (title) => {
        if (title.trim() !== '') expect(normalizeTitle(title).core).not.toBe('');
      }),
    );
  });
});
