import { describe, expect, it } from 'vitest';
import { carriersOf } from './carriers.ts';
import { type Part, partsOf, partsOfList } from './parts.ts';
import type { Track } from './track.ts';

/** "A1" a track, "[Night]" a heading, "=A2" an index, "+a" a piece of it, "-" a track without a position, "_" a space. */
function line(text: string): Pick<Track, 'position' | 'kind'> {
  if (text.startsWith('[')) return { kind: 'heading' };
  const kind = text.startsWith('=') ? 'index' : text.startsWith('+') ? 'sub-track' : undefined;
  const position = (kind === undefined ? text : text.slice(1)).replace('_', ' ');
  return { ...(kind !== undefined && { kind }), ...(position !== '' && position !== '-' && { position }) };
}

const named = (part: Part | null): string =>
  part === null ? '.' : [part.medium, part.disc, part.side].filter((word) => word !== undefined).join(' ') || 'other';

describe('the parts of a record', () => {
  it.each([
    ['a record of two sides', 'Vinyl, LP', 'A1 A2 B1 B2', 'A A B B'],
    ['two records', '2 × Vinyl, LP', 'A1 B1 C1 D1', 'A B C D'],
    ['a single', 'Vinyl, 7", Single', 'A B', 'A B'],
    ['a double A side', 'Vinyl, 7"', 'A AA', 'A AA'],
    ['a double A side with tracks', 'Vinyl, 12"', 'A1 A2 AA1', 'A A AA'],
    ['a side in pieces', 'Vinyl, LP', 'A1a A1b A2.1 A2.2 B1', 'A A A A B'],
    ['a point after the letter', 'Vinyl, LP', 'A.1 A.2 B.1', 'A A B'],
    ['a dash after the letter', 'Cassette', 'A-1 A-2 B-1', 'A A B'],
    ['a cassette', 'Cassette, Album', 'A1 A2 B1', 'A A B'],
    ['sides in small letters', 'Vinyl', 'a1 a2 b1', 'A A B'],
    ['sides of a record, the format unknown', '', 'A1 B1', 'A B'],
    ['the second record of a set alone', '', 'C1 D1', 'C D'],
    ['a box of more sides than letters', '14 × Vinyl, LP', 'Z1 AA1 BB1', 'Z AA BB'],
    ['one side only', 'Vinyl, 12", Single Sided', 'A1 A2', '. .'],
    ['a disc', 'CD, Album', '1 2 3', '. . .'],
    ['a set', '2 × CD', '1-1 1-2 2-1', '1 1 2'],
    ['a set, the format unknown', '', '1-1 1-2 2-1', '1 1 2'],
    ['a set whose pieces are counted by a point', '2 × CD', '1-1 1-2.1 1-2.2 2-1', '1 1 1 2'],
    ['some discs of a box', '', '2-1 2-2 3-1', '2 2 3'],
    ['a set by points', '2 × CD', '1.1 1.2 2.1 2.2', '1 1 2 2'],
    ['a set by points and noughts', '', '1.01 1.02 1.03 2.01 2.02 2.03', '1 1 1 2 2 2'],
    ['mixes on the second disc', '2 × CD', '1.01 1.02 2.01 2.12A 2.12B', '1 1 2 2 2'],
    ['roman numbers on one record', 'Vinyl, LP', 'I1 I2 II1 II2', '. . . .'],
    ['roman numbers on two records', '2 × Vinyl, LP', 'I1 I2 II1 II2', '1 1 2 2'],
    ['a set whose last disc is written with a point', '3 × CD', '1-1 1-2 2-1 3.1 3.2', '1 1 2 3 3'],
    ['pieces of the third track, beside two discs', '2 × CD', '1-1 1-2 2-1 2-2 3.1', '1 1 2 2 CD'],
    ['every track in pieces', 'CD', '1.1 1.2 2.1 2.2', '. . . .'],
    ['a track in pieces', 'CD', '1 2 3.1 3.2 4', '. . . . .'],
    ['a track in pieces, by dashes', 'CD', '1 2 3-1 3-2 4', '. . . . .'],
    ['pieces alone at the end', 'CD', '1 2 3.1 3.2', '. . . .'],
    ['the first tracks in pieces', 'CD', '1-1 1-2 2-1 2-2 3', '. . . . .'],
    ['a track in lettered pieces', 'CD', '1 2 3a 3b 4', '. . . . .'],
    ['all in capital pieces on a disc', 'CD', '1A 1B 2A 2B', '. . . .'],
    ['Roman tracks', 'CD', 'I II III IV V VI', '. . . . . .'],
    ['Roman tracks on a record', 'Vinyl, LP', 'I II III IV V VI', '. . . . . .'],
    ['Roman movements of two works', 'CD', '[Trio] I II III [Duo] I II', '. . . . . . .'],
    ['Roman movements after sides', 'Vinyl, LP', 'A1 A2 =B +I +II', 'A A B B B'],
    ['Roman discs', '2 × CD', 'I-1 I-2 II-1', '1 1 2'],
    ['discs and films named by their carrier', '2 × CD + DVD', 'CD1-1 CD1-2 CD2-1 DVD1-1', 'CD 1 CD 1 CD 2 DVD'],
    ['a disc and a film', 'CD + DVD', 'CD1-1 CD1-2 DVD1-1', 'CD CD DVD'],
    ['a disc and a film, counted without a dash', 'CD + DVD', 'CD1 CD2 DVD1', 'CD CD DVD'],
    ['a disc and a film, by dashes', 'CD + DVD', 'CD-1 CD-2 DVD-1', 'CD CD DVD'],
    ['a Blu-ray', 'CD + Blu-ray', 'CD-1 BD-1 Blu-ray-2', 'CD Blu-ray Blu-ray'],
    ['discs that are named, and nothing else', 'CD', 'CD-1 CD-2', '. .'],
    ['a record and a disc', 'Vinyl, LP, Album + CD, Album', 'A1 B1 1 2', 'A B CD CD'],
    ['a record and a disc that is named', 'Vinyl, LP + CD', 'A1 B1 CD1 CD2', 'A B CD CD'],
    ['a record and a disc, both named', 'Vinyl, LP + CD', 'LP-A1 LP-B1 CD-1', 'A B CD'],
    ['two records and two discs', '2 × Vinyl, LP + 2 × CD', 'A1 B1 C1 D1 1-1 2-1', 'A B C D 1 2'],
    ['a record, a disc and a file', 'Vinyl, LP + CD + File, MP3', 'A1 B1 1 2', 'A B other other'],
    ['a record and something', '', 'A1 B1 1 2', 'A B other other'],
    [
      'two records with sides of the same letters',
      '2 × Vinyl, LP',
      'LP1-A1 LP1-B1 LP2-A1 LP2-B1',
      'LP 1 A LP 1 B LP 2 A LP 2 B',
    ],
    ['singles in a box', '2 × Vinyl, 7" + Box Set', '1A 1B 2A 2B', '1 A 1 B 2 A 2 B'],
    ['singles in a box, by dashes', 'Box Set + 2 × Vinyl, 7"', '1-A 1-B 2-A 2-B', '1 A 1 B 2 A 2 B'],
    ['singles in a box, lettered on', 'Box Set + 2 × Vinyl, 7"', '1-A 1-B 2-C 2-D', 'A B C D'],
    ['a record and a single', 'Vinyl, LP + Vinyl, 7"', 'A1 B1 7"-A 7"-B', 'A B 7" A 7" B'],
    ['a film on the only disc', 'CD, Enhanced', '1 2 Video', '. . .'],
    ['a film on the only disc, among its tracks', 'CD, Enhanced', '1 2 Video 3', '. . . .'],
    ['films on the only disc, by a letter', 'CD, Enhanced', '1 2 V1 V2', '. . . .'],
    ['a film with a record', 'Vinyl, LP', 'A1 B1 Video', 'A B Video'],
    ['films on the disc for films', 'CD, Album + DVD, DVD-Video', 'CD1 CD2 Video1 Video2', 'CD CD DVD DVD'],
    ['films on the disc for films, by a letter', 'CD + DVD, DVD-Video, PAL', '1 2 V1 V2', 'CD CD DVD DVD'],
    ['films on the disc for films, by its format', 'CD + DVD', 'CD-1 DVD-Video-1 DVD-V2', 'CD DVD DVD'],
    ['a film on one of two discs', '2 × CD', '1-1 1-2 2-1 2-Video', '1 1 2 2'],
    ['a bonus', 'Vinyl, LP', 'A1 B1 Bonus', 'A B Bonus'],
    ['several of it', 'Vinyl, LP', 'A1 B1 Bonus-1 Bonus-2', 'A B Bonus Bonus'],
    ['numbers that begin anew, on as many discs', '2 × CD', '1 2 3 1 2', '1 1 1 2 2'],
    ['numbers that begin anew on different discs', 'CD + DVD', '1 2 3 1 2', 'CD CD CD DVD DVD'],
    ['numbers that begin anew with every work', 'CD', '[Trio] 1 2 3 [Duo] 1 2', '. . . . . . .'],
    ['small Roman tracks', 'CD', 'i ii iii iv', '. . . .'],
    ['pieces in small Roman numbers', 'Vinyl, LP', 'A1 =A2 +i +ii +iii B1', 'A A A A A B'],
    ['tracks of sides in Roman numbers', 'Vinyl, LP', 'AI AII BI BII', 'A A B B'],
    ['the letters of a large box', '18 × Vinyl, LP', 'Z1 AA1 AI1', 'Z AA AI'],
    ['Roman sides of two records', '2 × Vinyl, LP', 'I1 I2 II1 III1 IV1', '. . . . .'],
    ['the number of an inch', 'Vinyl, LP + Vinyl, 7"', 'A1 B1 7A 7B', 'A B other other'],
    ['programs of one cartridge', '8-Track Cartridge', '1-1 1-2 2-1 3-1 4-1', '. . . . .'],
    ['works on one disc', 'CD', '1-1 1-2 2-1 2-2', '. . . .'],
    ['pieces, the format unknown', '', '1.1 1.2 1.3 2.1 2.2 2.3', '. . . . . .'],
    ['letters that begin anew with every record', '2 × Vinyl, LP', 'A1 A2 B1 A1 A2 B1', '1 A 1 A 1 B 2 A 2 A 2 B'],
    ['letters that are printed twice on one record', 'Vinyl, LP', 'A1 A1 B1', 'A A B'],
    ['files by their format', 'Vinyl, LP + File, MP3', 'A1 B1 MP3-1 MP3-2', 'A B File File'],
    ['discs that are named, counted after a space', '2 × CD', 'CD1_1 CD1_2 CD2_1', 'CD 1 CD 1 CD 2'],
    ['discs before a long dash', '2 × CD', '1–1 1–2 2—1', '1 1 2'],
    ['files', '6 × File, MP3', '1 2 3', '. . .'],
    ['headings', 'Vinyl, LP', '[This] A1 [That] B1', '. A . B'],
    ['an index without a position', 'Vinyl, LP', 'A1 = +B1a +B1b', 'A B B B'],
    ['pieces without a position', 'Vinyl, LP', 'A1 =B1 + + B2', 'A B B B B'],
    ['a gap in the positions', 'Vinyl, LP', 'A1 - A2 B1', 'A A A B'],
    ['what was heard and is not listed', 'Vinyl, LP', 'A1 B1 - -', 'A B other other'],
    ['nothing listed at all', 'Vinyl, LP', '- - -', '. . .'],
    ['free words with a plus', 'Vinyl, LP, Red + Blue', 'A1 B1 1', 'A B other'],
  ])('%s (%s): %s', (_name, format, positions, expected) => {
    const lines = positions.split(' ').map(line);
    const parts = partsOfList(lines, { carriers: carriersOf(format), counted: format !== '' });
    expect(parts.map(named).join(' ')).toBe(expected);
  });

  it('are read from the copy, else from the support', () => {
    const copy = (format: string | null) => ({
      instanceId: '1',
      folder: null,
      dateAdded: null,
      rating: null,
      notes: [],
      format,
    });
    const tracks = ['A1', 'B1', '1'].map((position, id) => ({ id, title: 'x', position }));
    expect(partsOf({ tracks, copies: [copy(null), copy('Vinyl, LP + CD')], support: 'Vinyl' }).map(named)).toEqual([
      'A',
      'B',
      'CD',
    ]);
    expect(partsOf({ tracks, copies: [], support: 'Vinyl' }).map(named)).toEqual(['A', 'B', 'other']);
    expect(partsOf({ tracks: [], copies: [], support: null })).toEqual([]);
  });

  it('are found in any text without an error', () => {
    for (const position of [
      '🎵',
      '١٢',
      '-',
      '...',
      '1-',
      '-1',
      'A-',
      '999999',
      'ÀÉ1',
      'constructor',
      '__proto__',
      'I'.repeat(5_000),
      '1.1.1.1.1',
    ]) {
      expect(() =>
        partsOfList([{ position }, { position: 'A1' }, { position: 'B1' }], { carriers: [], counted: false }),
      ).not.toThrow();
    }
  });
});
