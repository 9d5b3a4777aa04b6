import { expect, it } from 'vitest';
import { holdings } from '../testing/holdings.ts';
import { libraryForTest, play } from '../testing/library.ts';

it('knows a play again that another source reported under the name of a featured artist', async () => {
  const [device, here] = [libraryForTest(), libraryForTest()];
  const reported = play({
    source: 'import',
    artist: 'Leek',
    title: 'Stew',
    album: 'Kitchen Songs',
    durationSeconds: 200,
  });
  device.library.scrobbles.record([
    reported,
    play({
      artist: 'Okra feat. Leek',
      title: 'Stew',
      album: 'Kitchen Songs',
      durationSeconds: 200,
      playedAt: reported.playedAt + 49,
    }),
  ]);
  here.library.scrobbles.record([reported]);
  for (const [collection, documents] of holdings(device.library))
    await here.library.rebuild.take(collection, documents, { life: 'former' });
  expect(device.library.reads.counts().listens).toBe(1);
  expect(here.library.reads.counts().listens).toBe(1);
  device.close();
  here.close();
});
