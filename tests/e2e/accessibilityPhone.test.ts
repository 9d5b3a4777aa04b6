import { expect, test } from 'vitest';
import { demoSession, drawn, HAND, moved, open, PARTS } from './setup/accessiblePages.ts';
import { violations } from './setup/axe.ts';
import { seen, settled } from './setup/places.ts';

const { session, demo } = demoSession();

test('a phone has its bottom bar', async () => {
  const phone = await session.device(demo().server, '/journal', HAND);
  const bar = phone.getByRole('navigation', { name: 'Main' });
  await seen(bar);
  expect(await bar.getByRole('link').allTextContents()).toEqual([
    'Collection',
    'Journal',
    'Timeline',
    'Playlists',
    'Analytics',
  ]);
});

test('a phone never shows a number of records to search that is not all of them', async () => {
  const phone = await session.device(demo().server, '/journal', HAND);
  await settled(phone);
  const { total } = await demo().server.get<{ total: number }>('/collection/albums?pageSize=1');
  await phone.addInitScript(() => {
    const reported = ((globalThis as { reported?: string[] }).reported = []) as string[];
    new MutationObserver(() => {
      const label = document.querySelector('.player-bar .sf')?.textContent?.trim();
      if (label && reported.at(-1) !== label) reported.push(label);
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  await phone.reload();
  await seen(phone.getByRole('region', { name: 'Now playing' }));
  const reported = (await phone.evaluate(() => (globalThis as { reported?: string[] }).reported))!;
  expect(
    reported.filter((label) => label !== 'Search' && Number.parseInt(label.replace(/\D+/, ''), 10) < total),
  ).toEqual([]);
});

test.each(PARTS)('on a phone no page of $part has a serious flaw', async ({ pages }) => {
  const phone = await session.device(demo().server, '/journal', HAND);
  const found: string[] = [];
  for (const path of pages(demo())) {
    await open(phone, path);
    found.push(...[...(await moved(phone)), ...(await violations(phone))].map((flaw) => `${path}: ${flaw}`));
  }
  expect(found).toEqual([]);
});

test('on a phone, what Settings learns late moves nothing that is read below it', async () => {
  const phone = await session.device(demo().server, '/nowhere', { ...HAND, locale: 'fr' });
  await phone.route('**/services/enrichment/status', async (route) => {
    const response = await route.fetch();
    const body = (await response.json()) as { upstreams: object[] };
    await new Promise((later) => setTimeout(later, 500));
    // Everything may have been found by now: a line is there all the same.
    const [first, ...rest] = body.upstreams;
    await route.fulfill({
      response,
      json: {
        ...body,
        upstreams: [{ ...first, state: 'working', waiting: 3, kinds: { 'album-covers': 3 }, secondsLeft: 90 }, ...rest],
      },
    });
  });
  const reported = phone.waitForResponse('**/services/enrichment/status');
  await phone.goto('/settings');
  await reported;
  await seen(phone.getByText(/^Encore à chercher/));
  await drawn(phone);
  expect(await moved(phone)).toEqual([]);
  // Asked again and again: one that is on its way still is nobody's any more.
  await phone.unrouteAll({ behavior: 'ignoreErrors' });
});

test.each([
  ['a desktop', {}],
  ['a phone', HAND],
])('on %s a run of the Journal is as high before its names are known', async (_, look) => {
  const page = await session.device(demo().server, '/journal', look);
  const head = page.locator('article .hd');
  await seen(head.locator('bdi'));
  const { known, unknown } = await head.first().evaluate((one) => {
    const known = one.clientHeight;
    one.querySelector('h3 + span')!.replaceChildren();
    return { known, unknown: one.clientHeight };
  });
  expect(unknown).toBe(known);
});
