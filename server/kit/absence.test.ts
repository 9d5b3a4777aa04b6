import { expect, test } from 'vitest';
import { agreed, removableAt, withheld } from './absence.ts';

const NOW = 1_700_000_000;
const keys = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => String(from + index));
const all = { keys: keys(0, 40), of: 40 };
const lacking = { missing: 40, of: 40, keys: all.keys };

test('a few go at once, a large part an hour after it was missing first', () => {
  expect(withheld({ keys: keys(0, 10), of: 12 }, null, { now: NOW })).toBeNull();
  expect(withheld({ keys: keys(0, 40), of: 200 }, null, { now: NOW })).toBeNull();
  const first = withheld(all, null, { now: NOW });
  expect(first).toEqual({ ...lacking, since: NOW });
  expect(removableAt(first)).toBe(NOW + 3_600);
  const soon = withheld(all, first, { now: NOW + 3_599 });
  expect(soon).toEqual(first);
  expect(withheld(all, soon, { now: NOW + 3_600 })).toBeNull();
});

test('two readings that lack different entries are two odd answers: what the second lacks stays another hour', () => {
  const first = withheld({ keys: keys(0, 20), of: 40 }, null, { now: NOW });
  const second = withheld({ keys: keys(20, 40), of: 40 }, first, { now: NOW + 3_600 });
  expect(second).toEqual({ missing: 20, of: 40, keys: keys(20, 40), since: NOW + 3_600 });
  expect(withheld({ keys: keys(19, 40), of: 40 }, second, { now: NOW + 7_200 })).toMatchObject({
    missing: 21,
    since: NOW + 7_200,
  });
  expect(withheld({ keys: keys(25, 40), of: 40 }, second, { now: NOW + 7_200 })).toBeNull();
});

test('what an earlier version stored, without which entries it was, stays another hour, and goes where a person had agreed to as many', () => {
  const earlier = { missing: 40, of: 40, since: NOW };
  expect(withheld(all, earlier, { now: NOW + 3_600 })).toEqual({ ...lacking, since: NOW + 3_600 });
  expect(withheld(all, { ...earlier, agreed: true }, { now: NOW + 60 })).toBeNull();
  expect(withheld({ keys: keys(0, 41), of: 41 }, { ...earlier, agreed: true }, { now: NOW + 60 })).toMatchObject({
    missing: 41,
    since: NOW + 60,
  });
});

test('a clock that was set back lets nothing go sooner, nor keeps it for ever', () => {
  const back = withheld(all, { ...lacking, since: NOW + 86_400 }, { now: NOW });
  expect(back).toEqual({ ...lacking, since: NOW });
  expect(withheld(all, back, { now: NOW + 3_600 })).toBeNull();
});

test('what another account does not hold goes only after a person agreed, and only what they were shown', () => {
  const three = { keys: keys(0, 3), of: 40 };
  const theirs = withheld(three, null, { now: NOW, otherOwner: 'ada' })!;
  expect(removableAt(theirs)).toBeNull();
  expect(withheld(three, theirs, { now: NOW + 86_400, otherOwner: 'ada' })).toMatchObject({ owner: 'ada', missing: 3 });
  expect(withheld(three, agreed(theirs), { now: NOW + 60, otherOwner: 'ada' })).toBeNull();
  expect(withheld({ keys: keys(3, 6), of: 40 }, agreed(theirs), { now: NOW + 60, otherOwner: 'ada' })).toMatchObject({
    owner: 'ada',
    missing: 3,
  });
  expect(withheld(all, agreed(theirs), { now: NOW + 60, otherOwner: 'ada' })).toMatchObject({ missing: 40 });
});
