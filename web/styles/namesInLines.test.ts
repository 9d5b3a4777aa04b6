import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** An element that is cut at its end where its line is full, with what it holds. */
const CUT_LINE = /<(\w+)(?:\s[^>]*)?\sclass="[^"]*\bcut\b[^"]*"[^>]*>[\s\S]*?<\/\1/g;

/** Whether more than one value stands in it: one alone is cut with its line. */
const holdsSeveral = (line: string): boolean => (line.match(/\{(?![#:/@])/g) ?? []).length > 1;

// A layout is not seen here; that every name of such a line is a piece of its own, which the style cuts, is.
test('names that stand in one cut line are each cut at their own end', () => {
  const lines = readdirSync('web/routes', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.svelte'))
    .flatMap((file) =>
      [...readFileSync(`web/routes/${file}`, 'utf8').matchAll(CUT_LINE)]
        .map(([line]) => line.replaceAll(/\s+/g, ' '))
        .filter((line) => line.includes('·') && !line.includes('class="air"') && holdsSeveral(line))
        .map((line) => line.replaceAll(/<bdi\b.*?<\/bdi\s*>/g, '')),
    );
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines) expect(line).not.toMatch(/·[^{]*(?:\{(?![#:/@])|<em)/);
  expect(readFileSync('web/styles/type.css', 'utf8')).toMatch(
    /\.cut > bdi \{[^}]*text-overflow: ellipsis;[^}]*unicode-bidi: plaintext/,
  );
});

// What stands at the edges of an element or of a block loses its spaces when it is compiled; a space that stays is written as one.
test('the dot between two names stands in its own air', () => {
  const lines = readdirSync('web', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.svelte'))
    .flatMap((file) => readFileSync(`web/${file}`, 'utf8').match(/<(\w+)[^>]*>\s*·\s*<\/\1\s*>|·\s*\{\/if\}/g) ?? []);
  expect(lines).toEqual([]);
});
