import { expect, test } from 'vitest';
import { namesVersion } from './entityTag.ts';

test.each<[string | undefined, boolean]>([
  ['"a-1"', true],
  ['W/"a-1"', true],
  ['"b-2", "a-1"', true],
  ['"b-2",W/"a-1"', true],
  ['*', true],
  ['"b-2"', false],
  ['a-1', false],
  ['"a-1-br"', false],
  ['', false],
  [undefined, false],
])('If-None-Match %s names version "a-1": %s', (header, names) => {
  expect(namesVersion(header, '"a-1"')).toBe(names);
});
