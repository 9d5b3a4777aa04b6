import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const components = readdirSync('web', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.svelte'))
  .map((path) => ({ path, text: readFileSync(`web/${path}`, 'utf8') }));
const within = (pattern: RegExp) => components.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

it('no form leaves it to the browser to say what is wrong: its bubbles hang beside another field, in another language', () => {
  expect(components.some(({ text }) => text.includes('<form'))).toBe(true);
  expect(within(/<form(?!\s+novalidate)/)).toEqual([]);
});

it('a moment is asked for as a day and four digits, never with the browser’s own field for both', () => {
  expect(within(/datetime-local/)).toEqual([]);
  expect(within(/type="(?:date|time)"/).filter((path) => /(?:^|\/)(?:Log|When)\w+\.svelte$/.test(path))).toEqual([]);
});
