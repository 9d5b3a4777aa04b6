import { expect, it } from 'vitest';
import { creditLine, creditParts } from './credits.ts';

const credits = [
  { id: '1', name: 'Estelle', join: ',' },
  { id: '2', name: 'مارسيل خليفة', join: 'feat.' },
  { id: '3', name: 'Pål', creditedAs: 'P.' },
];

it('puts what stands between two names where print has it: no space before a comma, one on either side of a word', () => {
  expect(creditLine(credits)).toBe('Estelle, مارسيل خليفة feat. P.');
  expect(creditParts(credits).map(({ id, after }) => id + after)).toEqual(['1, ', '2 feat. ', '3']);
  expect(creditLine([])).toBe('');
});
