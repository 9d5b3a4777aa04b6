import { expect, it } from 'vitest';
import type { Library } from '../api/library.ts';
import { applied, libraryForTest, listenTo, newUuid, play, START } from '../testing/library.ts';

const timesOf = (library: Library) =>
  library.reads
    .listens({ page: 1, pageSize: 50, source: 'manual' })
    .items.map(({ playedAt }) => playedAt - START)
    .reverse();

/** A session of four tracks that began ten minutes ago, as earlier versions wrote it: all at once. */
function writtenAhead() {
  const opened = libraryForTest();
  const group = newUuid();
  opened.setTime(START + 90_600);
  opened.library.scrobbles.record(
    [0, 1, 2, 3].map((place) =>
      play({
        source: 'manual',
        sourceKey: `${group}:${place}`,
        title: `Del ${place}`,
        playedAt: START + 90_000 + place * 600,
        durationSeconds: 600,
      }),
    ),
  );
  return { ...opened, group };
}

it('takes listens that lie ahead out of the journal until their time has come, and leaves those that were heard', () => {
  const { library, setTime, group } = writtenAhead();
  expect(timesOf(library)).toEqual([90_000, 90_600, 91_200, 91_800]);
  library.turntable.settle();
  expect(timesOf(library)).toEqual([90_000]);
  expect(library.household.get().turntable).toMatchObject([
    { id: group, playedAt: START + 90_000, tracks: [{ seconds: 600 }, {}, {}, {}], logged: [0] },
  ]);
  setTime(START + 91_500);
  library.turntable.settle();
  expect(timesOf(library)).toEqual([90_000, 90_600, 91_200]);
  expect(applied(library, { kind: 'remove-listens', group })).toMatchObject({ state: 'applied' });
  setTime(START + 95_000);
  library.turntable.settle();
  expect(timesOf(library)).toEqual([]);
});

it('makes a session of its own of one that a replica gave without its group', () => {
  const { library, setTime } = libraryForTest();
  listenTo(library, { source: 'manual', sourceKey: 'rebuilt:1', playedAt: START + 5_000, durationSeconds: 200 });
  library.turntable.settle();
  expect(timesOf(library)).toEqual([]);
  setTime(START + 5_100);
  library.turntable.settle();
  expect(timesOf(library)).toEqual([5_000]);
});

it('takes nothing for ahead because the clock was set back', () => {
  const { library, setTime } = libraryForTest();
  setTime(START + 90_600);
  listenTo(library, { source: 'manual', sourceKey: `${newUuid()}:0`, playedAt: START + 90_000 });
  library.turntable.settle();
  setTime(START);
  library.turntable.settle();
  expect(timesOf(library)).toEqual([90_000]);
});
