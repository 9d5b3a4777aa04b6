import { expect, test } from 'vitest';
import { withheld } from './absence.ts';

const NOW = 1_700_000_000;
const all = { missing: 40, of: 40 };

test('a few go at once, a large part an hour after it was missing first', () => {
  expect(withheld({ missing: 10, of: 12 }, null, { now: NOW })).toBeNull();
  expect(withheld({ missing: 40, of: 200 }, null, { now: NOW })).toBeNull();
  const first = withheld(all, null, { now: NOW });
  expect(first).toEqual({ ...all, since: NOW });
  const soon = withheld(all, first, { now: NOW + 3_599 });
  expect(soon).toEqual(first);
  expect(withheld(all, soon, { now: NOW + 3_600 })).toBeNull();
});

test('a clock that was set back lets nothing go sooner, nor keeps it for ever', () => {
  const back = withheld(all, { ...all, since: NOW + 86_400 }, { now: NOW });
  expect(back).toEqual({ ...all, since: NOW });
  expect(withheld(all, back, { now: NOW + 3_600 })).toBeNull();
});

test('what another account does not hold goes by a person’s word alone, and only what they were told of', () => {
  const kept = withheld({ missing: 3, of: 40 }, null, { now: NOW, otherOwner: 'ada' })!;
  expect(withheld({ missing: 3, of: 40 }, kept, { now: NOW + 86_400, otherOwner: 'ada' })).toMatchObject({ owner: 'ada', missing: 3 });
  expect(withheld({ missing: 3, of: 40 }, { ...kept, agreed: true }, { now: NOW + 60, otherOwner: 'ada' })).toBeNull();
  expect(withheld(all, { ...kept, agreed: true }, { now: NOW + 60, otherOwner: 'ada' })).toMatchObject(all);
});
