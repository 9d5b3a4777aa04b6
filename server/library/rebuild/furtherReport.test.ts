import { expect, it } from 'vitest';
import type { ScrobbleInput } from '../api/scrobbles.ts';
import { holdings } from '../testing/holdings.ts';
import { libraryForTest, play } from '../testing/library.ts';

it('learns of a further report where a listen happens to have the id that it had in the other life', async () => {
  const [device, here] = [libraryForTest(), libraryForTest()];
  const reported = play({ artist: 'Okra feat. Leek', title: 'Soup (Live)', album: 'Cellar', durationSeconds: 200 });
  const live = play({
    source: 'roon',
    artist: 'Okra / Leek',
    title: 'Soup (Live)',
    album: undefined,
    durationSeconds: 200,
    zone: 'Study',
    playedAt: reported.playedAt + 42,
  });
  device.library.scrobbles.record([reported, live]);
  here.library.scrobbles.record([reported]);
  const give = async () => {
    for (const [collection, documents] of holdings(device.library))
      await here.library.rebuild.take(collection, documents, { life: 'former' });
  };
  await give();
  const heard = () =>
    here.library.reads
      .listens({ page: 1, pageSize: 9 })
      .items.map(({ playedAt, source, witnesses: sourceReports }) => ({ playedAt, source, witnesses: sourceReports }));
  expect(heard()).toMatchObject([{ playedAt: live.playedAt, source: 'roon' }]);
  const before = heard();
  await give();
  expect(heard()).toEqual(before);
  device.close();
  here.close();
});

const at = (seconds: number, reported: Partial<ScrobbleInput>) =>
  play({ album: undefined, durationSeconds: 200, ...reported, playedAt: play().playedAt + seconds });

/** What a library that heard `here` knows of its plays once a device gave it, twice, what it holds of one that heard `there`. */
async function given(there: readonly ScrobbleInput[], here: readonly ScrobbleInput[]) {
  const [device, library] = [libraryForTest(), libraryForTest()];
  device.library.scrobbles.record([...there]);
  library.library.scrobbles.record([...here]);
  const listens = () => library.library.reads.listens({ page: 1, pageSize: 9 }).items;
  for (const [collection, documents] of holdings(device.library))
    await library.library.rebuild.take(collection, documents, { life: 'former' });
  const once = listens();
  for (const [collection, documents] of holdings(device.library))
    await library.library.rebuild.take(collection, documents, { life: 'former' });
  expect(listens()).toEqual(once);
  device.close();
  library.close();
  return once.map(({ track, artists, source, note, witnesses: sourceReports }) => ({
    title: track.title,
    artist: artists[0]?.name,
    source,
    note,
    witnesses: sourceReports.length,
  }));
}

const concert = at(0, { source: 'roon', artist: 'Leek', title: 'Soup (Live)' });

it('learns of a further report by whose names the other life called a play', async () => {
  const song = at(13, { source: 'import', artist: 'Leek', title: 'Soup' });
  expect(await given([concert, song], [concert])).toMatchObject([{ title: 'Soup', source: 'roon', witnesses: 2 }]);
});

it('learns of it where each life had a further report of its own', async () => {
  const [here, there] = [
    at(20, { source: 'import', artist: 'Leek', title: 'Soup (Live)' }),
    at(13, { source: 'lastfm', artist: 'Leek', title: 'Soup' }),
  ];
  expect(await given([concert, there], [concert, here])).toMatchObject([
    { title: 'Soup', source: 'roon', witnesses: 3 },
  ]);
});

it('learns of it where it named another of the artists', async () => {
  const roon = at(0, { source: 'roon', artist: 'Leek', title: 'Soup', album: 'Kitchen songs' });
  const other = at(23, { source: 'lastfm', artist: 'Okra feat. Leek', title: 'Soup', album: 'Kitchen Songs' });
  expect(await given([roon, other], [roon])).toMatchObject([
    { title: 'Soup', artist: 'Okra', source: 'roon', witnesses: 2 },
  ]);
});

it('supposes no further report where the other life had none', async () => {
  expect(await given([{ ...concert, title: 'Soup' }], [concert])).toMatchObject([
    { title: 'Soup (Live)', witnesses: 1 },
  ]);
});

it('supposes no further report where the one that named the play is here, and of another play by what else was reported', async () => {
  const roon = at(0, { source: 'roon', artist: 'Leek', title: 'Stew', album: 'Kitchen Songs' });
  const named = at(30, { source: 'lastfm', artist: 'Okra feat. Leek', title: 'Stew' });
  const nearer = at(23, { source: 'import', artist: 'Okra', title: 'Stew', album: 'Kitchen Songs' });
  expect(await given([roon, named], [roon, named, nearer])).toMatchObject([
    { artist: 'Okra', source: 'lastfm', witnesses: 2 },
    { artist: 'Leek', source: 'roon', witnesses: 1 },
  ]);
});

it('prefers the names of a report here to those of one that only the other life had, if its source comes first', async () => {
  const song = at(20, { source: 'lastfm', artist: 'Leek', title: 'Soup' });
  expect(await given([concert], [song])).toMatchObject([{ title: 'Soup', source: 'roon', witnesses: 2 }]);
});

it('keeps two plays separate that were two in the other life, though the track of the one is credited to the artist of the other too', async () => {
  const plays = [
    at(0, { source: 'import', artist: 'Okra feat. Leek', title: 'Stew', album: 'Kitchen Songs' }),
    at(50_000, { source: 'import', artist: 'Okra', title: 'Stew', album: 'Kitchen Songs' }),
    at(50_034, { source: 'roon', artist: 'Leek', title: 'Stew', album: 'Cellar', zone: 'Study' }),
  ];
  expect(await given(plays, [at(-50_000, { artist: 'Salsify', title: 'Broth' }), plays[2]!])).toMatchObject([
    { artist: 'Leek' },
    { artist: 'Okra' },
    { artist: 'Okra' },
    { artist: 'Salsify' },
  ]);
});

it('keeps two plays separate that were two in the other life, also where the earlier one’s track is credited to both artists', async () => {
  const plays = [
    at(0, { source: 'import', artist: 'Okra feat. Leek', title: 'Stew', album: 'Kitchen Songs' }),
    at(50_000, { source: 'roon', artist: 'Okra', title: 'Stew', album: 'Kitchen Songs' }),
    at(50_034, { source: 'lastfm', artist: 'Leek', title: 'Stew', album: 'Kitchen Songs' }),
  ];
  expect(await given(plays, [at(45_000, { artist: 'Salsify', title: 'Broth' })])).toMatchObject([
    { artist: 'Leek', source: 'lastfm', witnesses: 1 },
    { artist: 'Okra', source: 'roon', witnesses: 1 },
    { artist: 'Salsify' },
    { artist: 'Okra' },
  ]);
});

it('keeps two plays separate that were two in the other life, where the report that parted them is lacking here', async () => {
  const heard = at(66, { source: 'lastfm', artist: 'Okra', title: 'Stew', album: 'Kitchen Songs' });
  const plays = [
    at(22, { source: 'import', artist: 'Okra', title: 'Stew', album: 'Kitchen Songs' }),
    heard,
    at(76, { source: 'roon', artist: 'Leek', title: 'Stew', album: 'Kitchen Songs' }),
  ];
  expect(await given(plays, [heard])).toMatchObject([
    { artist: 'Leek', source: 'roon', witnesses: 1 },
    { artist: 'Okra', source: 'lastfm', witnesses: 1 },
  ]);
});
