import { expect, test } from 'vitest';
import { turn } from './turns.ts';

/** Counts rounds of the event loop while others wait for their turns. */
async function roundsOf(turns: number): Promise<{ order: number[]; together: number }> {
  let round = 0;
  let counting = true;
  const count = () => {
    round += 1;
    if (counting) setImmediate(count);
  };
  setImmediate(count);
  const order: number[] = [];
  const rounds: number[] = [];
  await Promise.all(
    Array.from({ length: turns }, (_, index) =>
      turn().then(() => {
        order.push(index);
        rounds.push(round);
      }),
    ),
  );
  counting = false;
  return { order, together: turns - new Set(rounds).size };
}

test('whoever waits has a turn in the order of coming, each in a round of its own', async () => {
  expect(await roundsOf(20)).toEqual({ order: Array.from({ length: 20 }, (_, index) => index), together: 0 });
});

test('a turn is had again and again, whoever else waits', async () => {
  const had: string[] = [];
  const work = async (name: string) => {
    for (let time = 0; time < 3; time += 1) {
      await turn();
      had.push(name);
    }
  };
  await Promise.all([work('one'), work('other')]);
  expect(had).toEqual(['one', 'other', 'one', 'other', 'one', 'other']);
});
