import { describe, expect, it } from 'vitest';
import { listedArtists, splitCredits } from './credits.ts';

describe('splitCredits', () => {
  it.each<[string, string, string[]]>([
    ['Marsha Vale feat. Otto Lund', 'Marsha Vale', ['Otto Lund']],
    ['Marsha Vale ft Otto Lund & Kim', 'Marsha Vale', ['Otto Lund', 'Kim']],
    ['Marsha Vale (featuring Otto Lund)', 'Marsha Vale', ['Otto Lund']],
    ['Marsha Vale [feat. A, B and C]', 'Marsha Vale', ['A', 'B', 'C']],
    ['Marsha Vale (with Otto Lund)', 'Marsha Vale', ['Otto Lund']],
    ['Frank Sinatra with Count Basie', 'Frank Sinatra', ['Count Basie']],
    ['Daft Punk feat. Earth, Wind & Fire', 'Daft Punk', ['Earth, Wind & Fire']],
    ['X feat. Nick Cave & the Bad Seeds', 'X', ['Nick Cave & the Bad Seeds']],
    ['John Lennon / Paul McCartney / George Harrison', 'John Lennon', ['Paul McCartney', 'George Harrison']],
    ['A; B', 'A', ['B']],
    ['A / A', 'A', []],
    ['Nirvana (2) feat. Low (3)', 'Nirvana', ['Low']],
    ['Little Feat feat. Emmylou', 'Little Feat', ['Emmylou']],
    ['!!! feat. ₊˚', '!!!', ['₊˚']],
    ['Sunn O))) / Boris', 'Sunn O)))', ['Boris']],
    ['Sunn O))) feat. Attila (1349)', 'Sunn O)))', ['Attila']],
  ])('%s', (credit, primary, others) => expect(splitCredits(credit)).toEqual({ primary, others }));

  it.each([
    'AC/DC',
    'Earth, Wind & Fire',
    'Tyler, the Creator',
    'Simon & Garfunkel',
    'Sunn O)))',
    '!!!',
    '₊˚',
    '1349',
    'Little Feat',
    'Little Feat & Friends',
    'Sleeping with Sirens',
    'Dance With the Dead',
    'Man with a Mission',
    'Kool & the Gang',
    'Nick Cave and the Bad Seeds',
    'Rodrigo y Gabriela',
    'Florence + the Machine',
    'Steins;Gate',
    '椎名林檎',
    'Кино',
    'فيروز',
    '방탄소년단',
    '(həd) p.e.',
    '✝✝✝ (Crosses)',
    'feat.',
    '/',
  ])('%s is not broken', (name) => expect(splitCredits(name)).toEqual({ primary: name, others: [] }));

  it('leaves a credit longer than any real one whole', () => {
    const long = 'Marsha Vale feat. Otto Lund '.repeat(30).trim();
    expect(splitCredits(long)).toEqual({ primary: long, others: [] });
  });

  it('keeps backing bands and whole names in a list', () => {
    expect(listedArtists('Tyler, the Creator, Simon & Garfunkel & Kool & the Gang')).toEqual([
      'Tyler, the Creator',
      'Simon & Garfunkel',
      'Kool & the Gang',
    ]);
  });
});
