import { expect, it } from 'vitest';
import { haikuChoice } from './haikuChoice.ts';

const DAY = 86_400;
const START = 20_000 * DAY;
const haiku = (id: number, language: string, writtenAt: number) => ({ albumId: String(id), language, writtenAt });
const old = [
  haiku(1, 'en', START - 9 * DAY),
  haiku(2, 'fr', START - 8 * DAY),
  haiku(3, 'en', START - 7 * DAY),
  haiku(4, 'fr', START - 6 * DAY),
];
const chosen = (all: typeof old, agreed: string | null = null, today = '2024-10-04') =>
  haikuChoice(all, today, START, agreed)?.albumId;

it('stays one all day, whatever is written in it and in whatever order it comes', () => {
  const first = chosen(old, 'en');
  for (const more of [5, 6, 7, 8, 9, 10])
    expect(chosen([haiku(more, 'en', START + more), ...old.toReversed()], 'en')).toBe(first);
});

it('changes with the days', () => {
  const days = Array.from({ length: 20 }, (_, day) => chosen(old, 'en', `2024-10-${day + 10}`));
  expect(new Set(days)).toEqual(new Set(['1', '3']));
});

it('is in the server’s language, or in that of what was written last, or in any', () => {
  const languages = (agreed: string | null) =>
    Array.from({ length: 20 }, (_, day) => Number(chosen(old, agreed, `2024-10-${day + 10}`)) % 2);
  expect(new Set(languages('en'))).toEqual(new Set([1]));
  expect(new Set(languages(null))).toEqual(new Set([0]));
  expect(chosen([old[1]!], 'en')).toBe('2');
});

it('is the first that was written where the day began without any', () => {
  expect(chosen([haiku(2, 'fr', START + 20), haiku(1, 'fr', START + 10)])).toBe('1');
  expect(chosen([])).toBeUndefined();
});
