import { expect, it } from 'vitest';
import { namesIn, pieces, usesIn, wordFinder } from './words.mjs';

it('a name is cut at changes of case, underscores and dashes', () => {
  expect(pieces('openHouse')).toEqual(['open', 'house']);
  expect(pieces('OPEN_HOUSE')).toEqual(['open', 'house']);
  expect(pieces('house-door2')).toEqual(['house', 'door']);
  expect(pieces('HTTPServer')).toEqual(['http', 'server']);
});

it('a word is a whole piece of a name, or pieces that follow each other', () => {
  expect(wordFinder(['house', 'byHand'])('openHouse')).toEqual(['house']);
  expect(wordFinder(['house', 'byHand'])('isByHandNow')).toEqual(['byHand']);
  expect(wordFinder(['house'])('household')).toEqual([]);
  expect(wordFinder(['byHand'])('handBy')).toEqual([]);
});

it('names are those of files, identifiers, components and classes, not what is said in comments and texts', () => {
  expect(namesIn('server/house.ts', "// the desk\nconst plate = 'rail';\n")).toEqual(['house', 'plate']);
  const component = `<script lang="ts">
  let { dock }: { dock: string } = $props();
</script>

<!-- the desk -->
<Plate class="rail lower" {...rest}>the evening of {road(dock)}</Plate>

<style>
  .gate { color: red; }
</style>
`;
  const names = namesIn('web/lib/Nothing.svelte', component);
  expect(names).toEqual(expect.arrayContaining(['Nothing', 'dock', 'Plate', 'rail', 'road', 'gate']));
  expect(names).not.toEqual(expect.arrayContaining(['desk']));
  expect(names).not.toEqual(expect.arrayContaining(['evening']));
});

it('uses are counted by word; a name of the wire is none', () => {
  const files = [['a.ts', 'const heard = row.words; const wordsOf = heard;']] as const;
  expect(usesIn(files, ['words'], new Set(['words']))).toEqual(new Map([['words', ['a.ts: wordsOf']]]));
  expect(usesIn(files, ['words'], new Set()).get('words')).toHaveLength(2);
});
