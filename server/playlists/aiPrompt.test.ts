import { expect, it } from 'vitest';
import { choicesSoFar } from './aiPrompt.ts';

it.each<[string, number[]]>([
  ['', []],
  ['{"tracks":[', []],
  ['{"tracks":[{"id":7', []],
  ['{"tracks":[{"id":7,"reason":"Rain', []],
  ['{"tracks":[{"id":7,"reason":"Rain }, {\\"id\\":8} in it', []],
  ['{"tracks":[{"id":7,"reason":"Rain {on} a \\"roof\\""},{"id":8', [7]],
  ['{"tracks":[{"reason":"Rain","id":"7"},{"id":8},{"id":7}', [7, 8]],
  ['{"tracks":[{"id":…,"reason":"…"}]}', []],
])('of %j those are counted that are written to their end: %j', (text, ids) => {
  expect(choicesSoFar(text)).toEqual(ids);
});
