import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

// A layout is not seen here; that every name of such a line is a piece of its own, which the style cuts, is.
test('names that stand in one cut line are each cut at their own end', () => {
  const lines = readdirSync('web/routes', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.svelte'))
    .flatMap((file) =>
      readFileSync(`web/routes/${file}`, 'utf8')
        .split('\n')
        .filter((line) => /class="[^"]*\bcut\b[^"]*">.*·/.test(line) && !line.includes('class="air"'))
        .map((line) => line.replaceAll(/<bdi\b.*?<\/bdi>/g, '')),
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
    .flatMap((file) => readFileSync(`web/${file}`, 'utf8').split('\n'));
  expect(lines.filter((line) => /<(\w+)[^>]*>\s*·\s*<\/\1>|· ?\{\/if\}/.test(line))).toEqual([]);
});
