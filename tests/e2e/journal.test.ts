import { afterAll, afterEach, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { until } from '#tests/kit/serverProcess.ts';
import { PHONE } from './setup/browser.ts';
import { catalogue } from '#tests/simulators/catalogue/catalogue.ts';
import { startMusicBrainzSimulator } from '#tests/simulators/musicbrainz/index.ts';
import { TestSession, following } from './setup/testSession.ts';
import { gone, listen, love, nowPlaying, reachForUndo, seen, settled, undo } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

const rows = (page: Page) => page.locator('[data-listen]').count();
const shows = (page: Page, count: number) =>
  until(
    `${count} rows`,
    () => rows(page),
    (found) => found === count,
  );

interface History {
  items: {
    source: string;
    track: { title: string };
    loved: boolean;
    album: { id: number } | null;
    artists: { id: number; name: string }[];
  }[];
  total: number;
}

test('the Journal is narrowed by its address, by words and by chips, and says how much matches', async () => {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const page = await session.device(server, '/journal');
  await seen(listen(page, 'Entry Two'));
  const { items } = await server.get<History>('/history/tracks');
  const ledgers = items.find(({ track }) => track.title === 'Entry Two')!;

  await page.goto(`/journal?artist=${ledgers.artists[0]!.id}&album=${ledgers.album!.id}&source=lastfm`);
  await seen(page.getByText('4 listens match'));
  await shows(page, 4);
  await page.getByRole('button', { name: 'Remove filter: The Velvet Ledgers' }).click();
  await page.getByRole('button', { name: 'Remove filter: Green Room' }).click();
  await seen(page.getByText('10 listens match'));
  await page.getByRole('button', { name: 'Last.fm', exact: true }).click();
  await seen(page.getByText(/^10 listens since/));

  await page.getByRole('searchbox', { name: 'Search in the journal' }).fill('HELIO maree');
  await seen(page.getByText('1 listen matches'));
  await shows(page, 1);
  await page.waitForURL(({ searchParams }) => searchParams.get('q') === 'HELIO maree');
  await page.reload();
  await shows(page, 1);
  await love(listen(page, 'Marée haute'), 'Marée haute').click();
  await page.getByRole('searchbox', { name: 'Search in the journal' }).fill('');
  await page.getByRole('button', { name: 'Loved', exact: true }).click();
  await shows(page, 1);
  await page.getByRole('searchbox', { name: 'Search in the journal' }).fill('Werkbank');
  await page.getByRole('button', { name: 'Clear filters' }).last().click();
  await shows(page, 10);

  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Filter' });
  await dialog.getByRole('searchbox', { name: 'Artist or record' }).fill('nine small');
  await dialog.getByRole('button', { name: /Nine Small Engines/ }).click();
  await seen(page.getByText('3 listens match'));
});

test('several listens are chosen by keys and loved, put on a playlist, taken out; each is undone at once', async () => {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const page = await session.device(server, '/journal');
  const total = async () => (await server.get<History>('/history/tracks')).total;
  const lovedOnes = async () => (await server.get<History>('/history/tracks?loved=true')).total;
  const bar = page.getByRole('toolbar', { name: 'Selected listens' });
  const chooseLedgers = async () => {
    await listen(page, 'Entry Four').focus();
    await page.keyboard.press('x');
    for (let step = 0; step < 3; step++) await page.keyboard.press('j');
    await page.keyboard.press('Shift+x');
    await seen(bar.getByText('4 selected'));
  };
  await seen(listen(page, 'Entry Four'));
  await chooseLedgers();
  await page.keyboard.press('Escape');
  await gone(bar);

  await chooseLedgers();
  await bar.getByRole('button', { name: 'Love' }).click();
  await reachForUndo(page);
  await until('four loved', lovedOnes, (count) => count === 4);
  await undo(page);
  await until('none loved', lovedOnes, (count) => count === 0);

  await chooseLedgers();
  await bar.getByRole('button', { name: 'Add to a playlist' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add 4 tracks to a playlist' });
  await dialog.getByLabel('A new playlist').fill('Ledger night');
  await dialog.getByRole('button', { name: 'Make' }).click();
  await seen(page.getByText('4 tracks added to “Ledger night”.'));
  await gone(bar);

  await chooseLedgers();
  await bar.getByRole('button', { name: 'Remove' }).click();
  await reachForUndo(page);
  await gone(listen(page, 'Entry Four'));
  await until('six left', total, (count) => count === 6);
  await undo(page);
  await until('all back', total, (count) => count === 10);
  await seen(listen(page, 'Entry Four'));
});

test('on a phone a long press selects; a listen logged offline lands with its note', async () => {
  const lastfm = await session.listener();
  const found = catalogue.find(({ tracks }) => tracks.length > 1)!;
  const musicbrainz = session.keep(await startMusicBrainzSimulator({ knows: [found], intervalMs: 0 }), (simulator) =>
    simulator.close(),
  );
  const server = await session.server({
    ...following(lastfm),
    MUSICBRAINZ_URL: musicbrainz.url,
    COVERART_URL: musicbrainz.coverArtUrl,
    AIME_CONTACT: 'ada@example.org',
  });
  const phone = await session.device(server, '/journal', { viewport: PHONE, hasTouch: true, isMobile: true });
  await seen(listen(phone, 'Werkbank'));
  const box = (await listen(phone, 'Werkbank').boundingBox())!;
  const finger = await phone.context().newCDPSession(phone);
  const at = { x: box.x + 40, y: box.y + box.height / 2 };
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
  await seen(phone.getByText('1 selected'));
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await listen(phone, 'Frühschicht').tap();
  await seen(phone.getByText('2 selected'));
  await phone.getByRole('button', { name: 'Done' }).click();
  await settled(phone);

  await server.kill();
  await phone.getByRole('button', { name: 'Log a listen' }).click();
  const finding = phone.getByRole('dialog', { name: 'Log a listen' });
  await finding.getByRole('searchbox', { name: 'Record or track' }).fill('werkbnak');
  await finding.getByRole('button', { name: /^Werkbank/ }).click();
  expect(await finding.getByRole('combobox', { name: 'Which track' }).locator('option:checked').textContent()).toBe(
    'Werkbank',
  );
  await phone.getByRole('button', { name: 'Log 1 listen' }).click();
  // It plays now: nothing of it is in the journal before it was heard.
  const turntable = nowPlaying(phone);
  await seen(turntable.getByText('Werkbank'));
  expect(
    await turntable
      .getByText('Kombinat 7')
      .last()
      .evaluate((line) => line.scrollWidth <= line.clientWidth),
  ).toBe(true);
  expect(await listen(phone, 'Werkbank').count()).toBe(1);
  await turntable.getByRole('button', { name: 'More at the turntable' }).click();
  await phone.getByRole('menuitem', { name: 'Lift the needle' }).click();
  await gone(turntable);
  await seen(phone.getByRole('heading', { level: 1 }).and(phone.locator(':focus')));
  await undo(phone);
  await seen(turntable.getByText('Werkbank'));
  await turntable.getByRole('button', { name: 'Pause' }).click();

  await phone.goto('/journal?log=1');
  await seen(turntable.getByText('Paused'));
  await phone.getByRole('searchbox', { name: 'Record or track' }).fill('Green Room');
  await phone.getByRole('button', { name: /^Green Room/ }).click();
  await phone.getByRole('button', { name: 'I mean the end' }).click();
  await phone.getByRole('button', { name: 'Log 4 listens' }).click();
  await until(
    'the record',
    () => rows(phone),
    (count) => count === 14,
  );
  const back = await session.again(server);
  const landed = await until(
    'the manual record',
    () => back.get<History>('/history/tracks?source=manual'),
    ({ total }) => total === 4,
  );
  expect(landed.items.map(({ track }) => track.title).sort()).toEqual([
    'Entry Four',
    'Entry One',
    'Entry Three',
    'Entry Two',
  ]);
  expect(await back.get<{ turntable: object[] }>('/household')).toMatchObject({
    turntable: [{ tracks: [{}], moves: [{}, { act: 'pause' }], logged: [] }],
  });
  await phone.goto('/journal?source=manual');
  await seen(phone.getByText('4 listens match'));
  await turntable.getByRole('button', { name: 'Resume' }).click();
  await seen(turntable.getByRole('button', { name: 'Pause' }));

  // What is in no library: as it is typed, the whole record as one listen.
  await phone.goto('/journal?log=1');
  await finding.getByPlaceholder('Record or track').fill('Blue Hour Ferry');
  await finding.getByRole('button', { name: 'I mean the end' }).click();
  await finding.getByRole('button', { name: 'Log 1 listen' }).click();
  await seen(finding.getByText('Whose is it?'));
  await finding.getByRole('textbox', { name: 'Artist' }).fill('Lena Aldous');
  await finding.getByRole('button', { name: 'Log 1 listen' }).click();
  const manual = (count: number, title: string) =>
    until(
      title,
      () => back.get<History>('/history/tracks?source=manual'),
      ({ total, items }) => total === count && items.some(({ track }) => track.title === title),
    );
  await manual(5, 'Blue Hour Ferry');

  // Or as MusicBrainz has it: its tracks are fetched, and logged for a day and four digits.
  await phone.getByRole('button', { name: 'Log a listen' }).click();
  await finding.getByRole('searchbox').fill(found.title);
  await finding.getByRole('button', { name: 'Look at MusicBrainz' }).click();
  const first = finding.getByRole('button', { name: `This one: ${found.title}, ${found.artist}` });
  await seen(first);
  expect(await first.evaluate((button) => button === document.activeElement)).toBe(true);
  await first.press('Enter');
  await seen(finding.getByRole('radio', { name: /^The whole record/ }));
  await finding.getByRole('button', { name: 'A time…' }).click();
  await phone.keyboard.type('0815');
  await phone
    .getByRole('dialog', { name: 'When was it?' })
    .getByRole('group', { name: 'Day' })
    .getByRole('button')
    .nth(5)
    .click();
  await seen(phone.getByText(/^From 08:15 to /));
  await phone.getByRole('button', { name: `Log ${found.tracks.length} listens` }).click();
  await phone.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Log a listen');
  await manual(5 + found.tracks.length, found.tracks[0]!.title);
});
