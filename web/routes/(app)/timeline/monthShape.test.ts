import { expect, test } from 'vitest';
import { stretchesOf, type Heard } from './dayShape.ts';
import { longestOf } from './monthShape.ts';

const at = (minute: number, key: string, minutes: number): Heard => ({
  playedAt: minute * 60,
  key,
  time: { seconds: minutes * 60, estimatedSeconds: 0 },
});

test('the record of a day that played longest is shown with all its sittings, and how many others there were', () => {
  const stretches = stretchesOf([at(0, 'a', 30), at(60, 'b', 40), at(200, 'a', 20), at(300, 'c', 5)]);
  expect(longestOf(stretches)).toEqual({
    stretch: { ...stretches[0], listens: [...stretches[0]!.listens, ...stretches[2]!.listens] },
    others: 2,
  });
  expect(longestOf(stretches.slice(1, 2))?.others).toBe(0);
  expect(longestOf([])).toBeUndefined();
});
