import { expect, it } from 'vitest';
import { holdings } from '../testing/holdings.ts';
import { libraryForTest, play } from '../testing/library.ts';

it('learns of a further witness where a listen happens to have the id that it had in the other life', async () => {
  const [device, here] = [libraryForTest(), libraryForTest()];
  const told = play({ artist: 'Okra feat. Leek', title: 'Soup (Live)', album: 'Cellar', durationSeconds: 200 });
  const live = play({ source: 'roon', artist: 'Okra / Leek', title: 'Soup (Live)', album: undefined, durationSeconds: 200, zone: 'Study', playedAt: told.playedAt + 42 });
  device.library.scrobbles.record([told, live]);
  here.library.scrobbles.record([told]);
  const give = async () => {
    for (const [collection, documents] of holdings(device.library)) await here.library.rebuild.take(collection, documents, { life: 'former' });
  };
  await give();
  const heard = () => here.library.reads.listens({ page: 1, pageSize: 9 }).items.map(({ playedAt, source, witnesses }) => ({ playedAt, source, witnesses }));
  expect(heard()).toMatchObject([{ playedAt: live.playedAt, source: 'roon' }]);
  const before = heard();
  await give();
  expect(heard()).toEqual(before);
  device.close();
  here.close();
});
