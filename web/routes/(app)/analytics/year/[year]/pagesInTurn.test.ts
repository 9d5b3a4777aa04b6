import { expect, it } from 'vitest';
import { pagesInTurn } from './pagesInTurn.ts';

/** Frames that come when the test says so. */
function frames() {
  const waiting = new Map<number, () => void>();
  let count = 0;
  return {
    request: (next: () => void) => (waiting.set(++count, next), count),
    cancel: (frame: number) => void waiting.delete(frame),
    /** @returns whether anything waited for it. */
    pass() {
      const all = [...waiting.values()];
      waiting.clear();
      for (const next of all) next();
      return all.length > 0;
    },
  };
}

const makers = (...pages: string[]) => pages.map((page) => () => page);

it('computes a page a frame, and shows what there is by then', () => {
  const clock = frames();
  const shown: (readonly string[])[] = [];
  pagesInTurn(makers('a', 'b', 'c'), [], (pages) => shown.push(pages), clock);
  expect(shown).toEqual([]);
  while (clock.pass());
  expect(shown).toEqual([['a'], ['a', 'b'], ['a', 'b', 'c']]);
});

it('leaves each page where it is until there is a newer one for it', () => {
  const clock = frames();
  let shown: readonly string[] = ['a', 'b', 'c', 'd'];
  pagesInTurn(makers('A', 'B', 'C'), shown, (pages) => (shown = pages), clock);
  expect(shown).toEqual(['a', 'b', 'c', 'd']);
  clock.pass();
  expect(shown).toEqual(['A', 'b', 'c']);
  while (clock.pass());
  expect(shown).toEqual(['A', 'B', 'C']);
});

it('shows nothing more of figures that are outdated', () => {
  const clock = frames();
  let shown: readonly string[] = [];
  const show = (pages: readonly string[]) => (shown = pages);
  const stop = pagesInTurn(makers('a', 'b'), shown, show, clock);
  clock.pass();
  stop();
  pagesInTurn(makers('A', 'B'), shown, show, clock);
  expect(shown).toEqual(['a']);
  while (clock.pass());
  expect(shown).toEqual(['A', 'B']);
});

it('goes no further where showing a page has stopped it', () => {
  const clock = frames();
  const shown: (readonly string[])[] = [];
  const stop = pagesInTurn(
    makers('a', 'b'),
    [],
    (pages) => {
      shown.push(pages);
      stop();
    },
    clock,
  );
  while (clock.pass());
  expect(shown).toEqual([['a']]);
});
