import { describe, expect, test } from 'vitest';
import type { Mutation } from '#shared/mutations/registry.ts';
import type { Library } from '../api/library.ts';
import { mutationOf, libraryForTest, listenTo, newUuid, START, openIn } from '../testing/library.ts';

const DAY = 86_400;

function heard() {
  const opened = libraryForTest();
  listenTo(opened.library);
  const [listen] = opened.library.reads.listens({ page: 1, pageSize: 1 }).items;
  return { ...opened, trackId: listen!.track.id };
}
const addListens = (trackId: number, playedAt: number, lengths: readonly number[]): Mutation => ({
  kind: 'add-listens',
  group: newUuid(),
  playedAt,
  tracks: lengths.map((durationSeconds) => ({ trackId, durationSeconds })),
});
/** @param clock of the device, and what it said when this was made; seconds since the epoch. */
const logged = (library: Library, mutation: Mutation, clock?: number, madeAt = START) =>
  library.mutations.apply(
    [mutationOf(mutation, { madeAt: madeAt * 1000 })],
    clock === undefined ? undefined : clock * 1000,
  )[0]!.verdict;
const listens = (library: Library) => library.reads.listens({ page: 1, pageSize: 1 }).total;

describe('manually logged listens', () => {
  test('none is taken when the last would begin more than a day from now, and each when it would not', () => {
    const { library, trackId } = heard();
    const days = Array.from({ length: 200 }, () => DAY);
    expect(logged(library, addListens(trackId, START, days), START)).toMatchObject({
      state: 'refused',
      reason: 'in-the-future',
    });
    expect(listens(library)).toBe(1);
    expect(logged(library, addListens(trackId, START - 198.5 * DAY, days), START)).toMatchObject({ state: 'applied' });
    // The last begins tomorrow: it is no listen yet.
    expect(listens(library)).toBe(200);
  });

  test('by a right device are taken while the server’s clock is set back, and those of its future are not', () => {
    const { library, trackId, setTime } = heard();
    setTime(START + 600);
    logged(library, addListens(trackId, START + 300, [200]), START + 600);
    setTime(START - 3 * DAY);
    expect(logged(library, addListens(trackId, START + 1_200, [200]), START + 1_300)).toMatchObject({
      state: 'applied',
    });
    expect(logged(library, addListens(trackId, START + 3 * DAY, [200]), START + 700)).toMatchObject({
      state: 'refused',
      reason: 'in-the-future',
    });
    expect(listens(library)).toBe(3);
  });

  test('are taken by a server that starts with its clock set back, on the word of what it wrote last', () => {
    const { library, folder, trackId } = heard();
    library.close();
    const clock = { now: () => (START - 1_000 * DAY) * 1000, elapsed: () => 0, sleep: () => Promise.resolve() };
    const later = openIn(folder, { clock, timeZone: 'Europe/Paris' });
    try {
      expect(logged(later, addListens(trackId, START + 600, [200]), START + 700)).toMatchObject({ state: 'applied' });
      expect(logged(later, addListens(trackId, START + 40 * DAY, [200]), START + 40 * DAY)).toMatchObject({
        state: 'refused',
        reason: 'clocks-apart',
      });
    } finally {
      later.close();
    }
  });

  test('are validated against a right clock again after the server’s was ahead for a while', () => {
    const { library, trackId, setTime } = heard();
    setTime(START + 1_000 * DAY);
    logged(library, addListens(trackId, START, [200]), START);
    setTime(START + 60);
    expect(logged(library, addListens(trackId, START + 500 * DAY, [200]), START + 60)).toMatchObject({
      state: 'refused',
      reason: 'in-the-future',
    });
    expect(logged(library, addListens(trackId, START + 60, [200]), START + 60)).toMatchObject({ state: 'applied' });
  });

  test('by a device that is ahead are refused with the message that the clocks differ', () => {
    const { library, trackId } = heard();
    expect(logged(library, addListens(trackId, START + 300 * DAY, [200]), START + 300 * DAY)).toMatchObject({
      state: 'refused',
      reason: 'clocks-apart',
    });
    expect(listens(library)).toBe(1);
  });

  test('by a device that is years behind are refused with the same word, and what it logs of long before is taken', () => {
    const { library, trackId } = heard();
    const behind = START - 5 * 365 * DAY;
    const whileBehind = (playedAt: number) => logged(library, addListens(trackId, playedAt, [200]), behind, behind);
    expect(whileBehind(behind)).toMatchObject({ state: 'refused', reason: 'clocks-apart' });
    expect(whileBehind(behind - 5 * DAY)).toMatchObject({ state: 'refused', reason: 'clocks-apart' });
    expect(listens(library)).toBe(1);
    expect(whileBehind(behind - 100 * DAY)).toMatchObject({ state: 'applied' });
    expect(listens(library)).toBe(2);
  });

  test('by a device that is behind and knows by how much are taken, as those of one that is some hours behind', () => {
    const { library, trackId } = heard();
    const behind = START - 5 * 365 * DAY;
    const corrected = {
      ...mutationOf(addListens(trackId, START - 1_200, [200]), { madeAt: START * 1000 }),
      clockOffset: (START - behind) * 1000,
    };
    expect(library.mutations.apply([corrected], behind * 1000)[0]!.verdict).toMatchObject({ state: 'applied' });
    expect(
      logged(library, addListens(trackId, START - 3 * 3600, [200]), START - 3 * 3600, START - 3 * 3600),
    ).toMatchObject({ state: 'applied' });
    expect(listens(library)).toBe(3);
  });

  test('were logged in their time by a device that comes back after weeks', () => {
    const { library, trackId } = heard();
    expect(logged(library, addListens(trackId, START - 50 * DAY, [200]), START, START - 50 * DAY)).toMatchObject({
      state: 'applied',
    });
    expect(listens(library)).toBe(2);
  });

  test('by a device that is an hour ahead begin now, and what is done at the turntable then too', () => {
    const { library, trackId, setTime } = heard();
    const ahead = (seconds: number) => START + seconds + 3600;
    setTime(START + 5_000);
    const add = addListens(trackId, ahead(5_000), [200, 200, 200]) as Extract<Mutation, { kind: 'add-listens' }>;
    expect(logged(library, add, ahead(5_000), ahead(5_000))).toMatchObject({ state: 'applied' });
    expect(listens(library)).toBe(1);
    setTime(START + 5_320);
    const move = { id: newUuid(), act: 'lift', at: ahead(5_310), place: 1 } as const;
    expect(logged(library, { kind: 'move-needle', group: add.group, move }, ahead(5_320), ahead(5_310))).toMatchObject({
      state: 'applied',
    });
    setTime(START + 90_000);
    library.turntable.settle();
    const { items, total } = library.reads.listens({ page: 1, pageSize: 2 });
    expect([total, ...items.map(({ playedAt }) => playedAt - START)]).toEqual([3, 5_200, 5_000]);
  });
});
