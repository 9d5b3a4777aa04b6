import { expect, it } from 'vitest';
import { holdings } from '../testing/holdings.ts';
import { applied, libraryForTest, play, START } from '../testing/library.ts';

/** The notes of a library's listens once a device gave it, so often, what it holds: one listen with a note. */
async function notesGiven(times: number, there: ReturnType<typeof play>, here: ReturnType<typeof play>[]) {
  const [device, library] = [libraryForTest(), libraryForTest()];
  device.library.scrobbles.record([there]);
  applied(device.library, { kind: 'note-listen', listenId: 1, note: 'rain' });
  library.library.scrobbles.record(here);
  for (let time = 0; time < times; time += 1) {
    for (const [collection, documents] of holdings(device.library))
      await library.library.rebuild.take(collection, documents, { life: 'former' });
  }
  const notes = library.library.reads
    .listens({ page: 1, pageSize: 9 })
    .items.map(({ track, note }) => `${track.title}: ${note}`);
  device.close();
  library.close();
  return notes;
}

it('a note given again stays with its listen, also where that has got another id and its own is another listen’s', async () => {
  const [soup, stew] = [play({ artist: 'Leek', title: 'Soup', playedAt: START + 50_000 }), play({ title: 'Stew' })];
  expect(await notesGiven(2, soup, [stew])).toEqual(['Soup: rain', 'Stew: null']);
});

it('a note comes to a play that is known by its report alone, under a title with other words about the version', async () => {
  const live = play({ title: 'Soup (Live)' });
  expect(await notesGiven(1, { ...live, title: 'Soup' }, [live])).toEqual(['Soup (Live): rain']);
});
