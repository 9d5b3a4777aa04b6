import { afterAll, afterEach, expect, test } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { type RunningServer, until } from '#tests/kit/serverProcess.ts';
import { SimulatedCore } from '#tests/simulators/roon/index.ts';
import { TestSession, following } from './setup/testSession.ts';
import { listen, reachForUndo, seen, settled, undo } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

interface History {
  items: { id: number; playedAt: number; track: { title: string }; witnesses: { source: string }[] }[];
}

const TITLE = 'Low Fog';

/** A server to which Roon and Last.fm both reported one play. */
async function playedOnce(): Promise<RunningServer> {
  const roon = session.keep(await SimulatedCore.start({ name: 'Cellar Core', approved: true }), (core) => core.close());
  const lastfm = await session.listener();
  const server = await session.server({ ...following(lastfm), ROON_HOST: roon.host, ROON_PORT: String(roon.port) });
  await until(
    'the Core',
    () => server.get<{ paired: boolean }>('/services/roon/status'),
    ({ paired }) => paired,
  );
  roon.zone('Kitchen').play({ title: TITLE, artists: 'Ada Nordlund', album: 'Harbour Lights', length: 60 });
  roon.tick(35);
  const [first] = await until(
    'the play in Roon',
    () => plays(server),
    (found) => found.length === 1,
  );
  lastfm.scrobble({
    playedAt: first!.playedAt + 4,
    artist: 'Ada Nordlund',
    title: TITLE,
    album: 'Harbour Lights',
    durationSeconds: 60,
  });
  await until(
    'the second report',
    () => plays(server),
    ([play]) => play?.witnesses.length === 2,
  );
  return server;
}

const plays = async (server: RunningServer) =>
  (await server.get<History>('/history/tracks')).items.filter(({ track }) => track.title === TITLE);
const reportCounts = (server: RunningServer) => async () =>
  (await plays(server))
    .map((play) => play.witnesses.length)
    .sort()
    .join();
const counts = (page: Page, wanted: number) =>
  until(
    `${wanted} rows`,
    () => listen(page, TITLE).count(),
    (count) => count === wanted,
  );
const drawer = (page: Page): Locator => page.getByRole('complementary', { name: 'Sources' });

async function openReports(page: Page): Promise<Locator> {
  await listen(page, TITLE).first().hover();
  await listen(page, TITLE)
    .first()
    .getByRole('button', { name: `More about ${TITLE}` })
    .click();
  await page.getByRole('menuitem', { name: 'Sources' }).click();
  await seen(drawer(page));
  return drawer(page);
}

test('a play that two sources reported is one listen, two after a split, one again after undo; every device sees it', async () => {
  const server = await playedOnce();
  const [one, other] = [await session.device(server, '/journal'), await session.device(server, '/journal')];
  for (const page of [one, other]) await seen(listen(page, TITLE).getByText('Reported by 2 sources'));
  expect(await listen(one, TITLE).count()).toBe(1);

  const reports = await openReports(one);
  for (const source of ['Roon', 'Last.fm']) await seen(reports.getByText(source, { exact: true }));
  for (const reason of ['The same title', 'The same artist', 'Begun at the same moment'])
    await seen(reports.getByText(reason));
  await reports.getByRole('button', { name: 'Separate: what Last.fm reported' }).click();
  await reachForUndo(one);
  await Promise.all([counts(one, 2), counts(other, 2)]);
  await until('two listens', reportCounts(server), (all) => all === '1,1');
  await seen(reports.getByText('Reported by 1 source'));

  await undo(one);
  await Promise.all([counts(one, 1), counts(other, 1)]);
  await until('one listen', reportCounts(server), (all) => all === '2');
  await seen(listen(other, TITLE).getByText('Reported by 2 sources'));
});

test('two listens that a person chose become one, are separated again with undo, and stay what they were made', async () => {
  const server = await playedOnce();
  const one = await session.device(server, '/journal');
  const reports = await openReports(one);
  await reports.getByRole('button', { name: 'Separate: what Roon reported' }).click();
  await until('two listens', reportCounts(server), (all) => all === '1,1');
  await settled(one);
  await one.reload();
  await counts(one, 2);

  const joinThem = async () => {
    await listen(one, TITLE).first().focus();
    for (const key of ['x', 'j', 'x']) await one.keyboard.press(key);
    const bar = one.getByRole('toolbar', { name: 'Selected listens' });
    await seen(bar.getByText('2 selected'));
    await bar.getByRole('button', { name: 'Same listen' }).click();
    await reachForUndo(one);
    await counts(one, 1);
  };
  await joinThem();
  await until('one listen', reportCounts(server), (all) => all === '2');
  await undo(one);
  await counts(one, 2);
  await until('two listens again', reportCounts(server), (all) => all === '1,1');

  await server.kill();
  await joinThem();
  const back = await session.again(server);
  await until('one listen in the end', reportCounts(back), (all) => all === '2');
  await seen(one.getByRole('button', { name: 'Up to date' }));
  await one.reload();
  await counts(one, 1);
  await seen((await openReports(one)).getByText('Merged by hand'));
  const other = await session.device(back, '/journal');
  await seen(listen(other, TITLE).getByText('Reported by 2 sources'));
});
