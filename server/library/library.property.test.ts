import fc from 'fast-check';
import { expect, it } from 'vitest';
import { untilFilesClosed } from '#server/library/testing/untilFilesClosed.ts';
import { repeated } from '#tests/kit/pace.ts';
import type { Library } from './api/library.ts';
import { LibraryUnderTest } from './testing/history/libraryUnderTest.ts';
import { listens } from './testing/anyReport.ts';
import { anyStep, report } from './testing/history/steps.ts';
import { untruths } from './testing/history/truth.ts';
import { expectSound } from './testing/invariants.ts';
import { Device, libraryForTest, replicaOf } from './testing/library.ts';

const script = fc.array(fc.tuple(anyStep, fc.boolean()), { minLength: 1, maxLength: 25 });

it('stays sound and true: what was heard and written is found by its names and moments, on a device that was there all along too', async () => {
  await fc.assert(
    fc.asyncProperty(script, async (steps) => {
      const subject = new LibraryUnderTest(untilFilesClosed);
      try {
        let [device, epoch] = [new Device(), subject.library.feed.epoch];
        for (const [step, syncs] of steps) {
          await step(subject);
          // A library that was brought back begins a new epoch: what was pulled of the former one is pulled anew.
          if (subject.library.feed.epoch !== epoch) [device, epoch] = [new Device(), subject.library.feed.epoch];
          if (syncs) device.sync(subject.library);
        }
        await subject.library.followUps.run({});
        device.sync(subject.library);
        expectSound(subject.library.file);
        expect(untruths(subject)).toEqual([]);
        expect(new Map([...device.documents].sort())).toEqual(new Map([...replicaOf(subject.library)].sort()));
      } finally {
        subject.close();
      }
    }),
    repeated(60, 15),
  );
});

it('resolves the same listens whatever order the reports arrive in', () => {
  const shown = (library: Library) =>
    listens(library)
      .map(({ playedAt, source, track, album, artists: credited, witnesses: sourceReports }) => ({
        playedAt,
        source,
        title: track.title.toLowerCase(),
        album: album?.title.toLowerCase(),
        artist: credited[0]?.name.toLowerCase(),
        witnesses: sourceReports.map((member) => `${member.source} ${member.playedAt} ${member.title}`).sort(),
      }))
      .sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));
  fc.assert(
    fc.property(
      fc.uniqueArray(report, {
        minLength: 2,
        maxLength: 10,
        selector: ({ source, sourceKey }) => `${source} ${sourceKey}`,
      }),
      fc.array(fc.nat(), { minLength: 10, maxLength: 10 }),
      fc.integer({ min: 1, max: 5 }),
      (reports, keys, size) => {
        const one = libraryForTest();
        one.library.scrobbles.record(reports);
        const other = libraryForTest();
        const shuffled = reports
          .map((item, index) => ({ item, key: keys[index]! }))
          .sort((a, b) => a.key - b.key)
          .map(({ item }) => item);
        for (let from = 0; from < shuffled.length; from += size)
          other.library.scrobbles.record(shuffled.slice(from, from + size));
        expect(shown(other.library)).toEqual(shown(one.library));
        one.close();
        other.close();
      },
    ),
    repeated(40, 10),
  );
});
