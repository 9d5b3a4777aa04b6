import { expect, it } from 'vitest';
import type { ScrobbleInput } from '../api/scrobbles.ts';
import { expectSound } from '../testing/invariants.ts';
import { holdings } from '../testing/holdings.ts';
import { libraryForTest, play, START } from '../testing/library.ts';

const DAY = 86_400;
const at = (seconds: number, reported: Partial<ScrobbleInput>) =>
  play({ durationSeconds: 200, ...reported, playedAt: START + seconds });

/** Pages of the journal: the oldest first. */
const byId = (one: unknown, other: unknown) => ((one as { id: string }).id < (other as { id: string }).id ? -1 : 1);

/** What a library that heard `here` has heard once a device gave it, twice, what it holds of one that heard `there`. */
async function heardWith(there: readonly ScrobbleInput[], here: readonly ScrobbleInput[]) {
  const [device, { library, setTime, close }] = [libraryForTest(), libraryForTest()];
  device.library.scrobbles.record([...there]);
  setTime(START + 60 * DAY);
  library.scrobbles.record([...here]);
  const give = async () => {
    for (const [collection, documents] of holdings(device.library))
      expect(await library.rebuild.take(collection, documents.toSorted(byId), { life: 'former' })).toMatchObject({
        refused: [],
        waiting: 0,
      });
  };
  await give();
  expectSound(library.file);
  const heard = library.reads
    .listens({ page: 1, pageSize: 9 })
    .items.map(({ playedAt, track, album }) => `${playedAt - START} ${track.title}, ${album?.title}`);
  const seq = library.feed.lastSeq();
  await give();
  expect(library.feed.lastSeq()).toBe(seq);
  device.close();
  close();
  return heard.reverse();
}

it('keeps an album that a device gave until its listens are given too, where a play of it here turns out to be of another', async () => {
  const common = at(0, { source: 'roon', artist: 'Okra', title: 'Stew', album: 'Kitchen Songs' });
  const namer = at(50, { artist: 'Okra / Leek', title: 'Stew', album: 'Kitchen Songs (Remastered)' });
  const later = at(20 * DAY, { artist: 'Okra', title: 'Broth', album: 'Kitchen Songs' });
  expect(await heardWith([common, namer, later], [common])).toEqual([
    '0 Stew, Kitchen Songs (Remastered)',
    `${20 * DAY} Broth, Kitchen Songs`,
  ]);
});

it('keeps a track that a device gave until its listens are given too, where a play of it here turns out to be of another', async () => {
  const concert = at(0, { source: 'roon', artist: 'Leek', title: 'Soup (Live)', album: 'Cellar' });
  const song = at(13, { source: 'import', artist: 'Leek', title: 'Soup', album: 'Cellar' });
  const later = at(20 * DAY, { artist: 'Leek', title: 'Soup (Live)', album: 'Cellar' });
  expect(await heardWith([concert, song, later], [concert])).toEqual([
    '0 Soup, Cellar',
    `${20 * DAY} Soup (Live), Cellar`,
  ]);
});

it('takes a track of another album for another one, though both have one id, one title and one artist', async () => {
  const there = at(5 * DAY, { artist: 'Okra', title: 'Soup', album: 'Cellar' });
  const here = at(0, { artist: 'Okra', title: 'Soup', album: 'Kitchen Songs' });
  expect(await heardWith([there], [here])).toEqual(['0 Soup, Kitchen Songs', `${5 * DAY} Soup, Cellar`]);
});
