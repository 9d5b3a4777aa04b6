import { describe, expect, it } from 'vitest';
import { type Format, describeFormats, supportOf } from './formats.ts';

const format = (name: string, descriptions: string[] = [], qty = 1, text: string | null = null): Format => ({
  name,
  descriptions,
  qty,
  text,
});

describe('supportOf', () => {
  it.each([
    [['Vinyl', 'CD', 'All Media'], 'Vinyl'],
    [['All Media', 'SACD'], 'SACD'],
    [['Box Set', 'CD', 'DVD'], 'CD'],
    [['Box Set'], 'Box Set'],
    [['CDr'], 'CD'],
    [['File'], 'Digital'],
    [['Flexi-disc'], 'Vinyl'],
    [['Shellac'], 'Shellac'],
    [['Blu-ray-R'], 'Blu-ray'],
    [['Minidisc'], 'Minidisc'],
    [['constructor'], 'constructor'],
    [['All Media'], null],
    [[], null],
  ])('of %j is %s', (names, support) => {
    expect(supportOf(names.map((name) => format(name)))).toBe(support);
  });
});

describe('formatInWords', () => {
  it('counts, describes and joins the media', () => {
    expect(describeFormats([format('Vinyl', ['LP', 'Album'], 2, 'Blue'), format('CD')])).toBe(
      '2 × Vinyl, LP, Album, Blue + CD',
    );
    expect(describeFormats([format('Vinyl', ['LP', 'LP'], 1, 'lp'), format('Vinyl', ['LP']), format('Vinyl')])).toBe(
      '2 × Vinyl, LP + Vinyl',
    );
    expect(describeFormats([])).toBeNull();
  });
});
