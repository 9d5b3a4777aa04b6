import { describe, expect, it } from 'vitest';
import { lead } from '#shared/analytics/lead.ts';
import { ALL_TIME } from '#shared/analytics/period.ts';
import { topTracks } from '#shared/analytics/tops.ts';
import { SimulatedClock } from '#tests/kit/simulatedClock.ts';
import type { Library } from '../library/api/library.ts';
import { applied, libraryForTest, listenTo, START } from '../library/testing/library.ts';
import { householdCalendar } from './householdCalendar.ts';
import { LibraryView } from './libraryView.ts';

const viewOf = (library: Library, clock = new SimulatedClock(START * 1000)) =>
  new LibraryView({ library, calendar: householdCalendar(library.household), clock });

/** Whether a view that followed says what one says that reads everything now. */
async function expectInStep(library: Library, view: LibraryView): Promise<void> {
  const fresh = viewOf(library);
  const [followed, read] = [await view.analysis(), await fresh.analysis()];
  expect(lead(followed, ALL_TIME, START)).toEqual(lead(read, ALL_TIME, START));
  expect(topTracks(followed, ALL_TIME, 50)).toEqual(topTracks(read, ALL_TIME, 50));
  expect(Array.from(followed.journal.id)).toEqual(Array.from(read.journal.id));
  fresh.close();
}

describe('LibraryView', () => {
  it('keeps in step with listens that come, go, move and are archived', async () => {
    const { library } = libraryForTest();
    const view = viewOf(library);
    await expectInStep(library, view);
    const first = listenTo(library);
    for (let play = 1; play < 40; play += 1)
      listenTo(library, {
        playedAt: START + play * 86_400 * 9,
        title: `Title ${play % 7}`,
        album: `Album ${play % 3}`,
      });
    await expectInStep(library, view);
    applied(library, { kind: 'delete-listen', listenId: first });
    await expectInStep(library, view);
    const [one, other] = library.reads.albums({ page: 1, pageSize: 10 }).items;
    applied(library, { kind: 'merge-albums', from: String(one!.id), into: String(other!.id) });
    await expectInStep(library, view);
    const listens = (await view.analysis()).journal.length;
    await library.archive.removeBefore(START + 86_400 * 100, {});
    await expectInStep(library, view);
    const analysis = await view.analysis();
    expect(analysis.journal.length).toBeLessThan(listens);
    expect(lead(analysis, ALL_TIME, START).now.listens).toBe(listens);
  });

  it('reads once for all who ask at the same time, and again for none where nothing changed', async () => {
    const { library } = libraryForTest();
    listenTo(library);
    const view = viewOf(library);
    const answers = await Promise.all([view.analysis(), view.analysis(), view.analysis()]);
    expect(new Set(answers).size).toBe(1);
    expect(await view.analysis()).toBe(answers[0]);
    listenTo(library, { playedAt: START + 600 });
    expect((await view.analysis()).journal.length).toBe(2);
  });

  it('follows the household to another zone', async () => {
    const { library } = libraryForTest();
    const view = viewOf(library);
    expect((await view.analysis()).calendar.timeZone).toBe('Europe/Paris');
    library.household.update({ timeZone: 'Asia/Tokyo' });
    expect((await view.analysis()).calendar.timeZone).toBe('Asia/Tokyo');
  });

  it('gives its memory back when nobody asked for a while, and reads anew when somebody does', async () => {
    const { library } = libraryForTest();
    listenTo(library);
    const clock = new SimulatedClock(START * 1000);
    const view = viewOf(library, clock);
    await view.analysis();
    await clock.pass(9 * 60_000);
    await view.analysis();
    await clock.pass(9 * 60_000);
    expect(view.listens).toBe(1);
    await clock.pass(2 * 60_000);
    expect(view.listens).toBe(0);
    expect((await view.analysis()).journal.length).toBe(1);
  });

  it('reports a failure to whoever asked, and tries again for the next', async () => {
    const { library } = libraryForTest();
    listenTo(library);
    let broken = true;
    const pull: Library['feed']['pull'] = (...asked) => {
      if (broken) throw new Error('The disk is gone');
      return library.feed.pull(...asked);
    };
    const view = viewOf({ ...library, feed: { ...library.feed, pull } });
    await expect(view.analysis()).rejects.toThrow('The disk is gone');
    broken = false;
    expect((await view.analysis()).journal.length).toBe(1);
  });
});
