import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, test } from 'vitest';
import { type RunningServer, until } from '#tests/kit/serverProcess.ts';
import { slowed } from './setup/browser.ts';
import { TestSession, following } from './setup/testSession.ts';
import { listen, love, seen, settled } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

interface History {
  items: { id: number; loved: boolean; track: { title: string }; album: { id: number; title: string } | null }[];
}
const history = (server: RunningServer) => server.get<History>('/history/tracks');
const note = (page: Page) => page.getByRole('button', { name: /^(Write a note|Change the note)/ });
const noteField = (page: Page) => page.getByRole('textbox', { name: 'Note on this record' });

async function album(server: RunningServer): Promise<number> {
  const { items } = await history(server);
  return items.find(({ track }) => track.title === 'Werkbank')!.album!.id;
}

test('a note saved with Ctrl-Enter and a reload at once, on a slow processor', async () => {
  const server = await session.server(following(await session.listener()));
  const page = await session.device(server, '/journal');
  await seen(listen(page, 'Werkbank'));
  await settled(page);
  await page.goto(`/album/${await album(server)}`);
  for (const text of ['Bought in the rain', 'Bought in the rain, in Basel']) {
    await note(page).click();
    const fast = await slowed(page, 20);
    await noteField(page).fill(text);
    await noteField(page).press('Control+Enter');
    await page.reload({ waitUntil: 'commit' });
    await fast();
    await seen(page.getByText(text, { exact: true }));
  }
  const id = await album(server);
  await until(
    'the note on the server',
    () => server.get<{ note: string | null }>(`/collection/albums/${id}`),
    ({ note }) => note === 'Bought in the rain, in Basel',
  );
});

test('what is being typed is a draft: it is there when its field opens again, and gone once it is saved', async () => {
  const server = await session.server(following(await session.listener()));
  const page = await session.device(server, '/journal');
  await seen(listen(page, 'Werkbank'));
  await settled(page);
  await page.goto(`/album/${await album(server)}`);
  await note(page).click();
  // Typed and reloaded in one go: neither a pause nor leaving the field keeps it.
  await noteField(page).evaluate((field: HTMLTextAreaElement) => {
    field.value = 'Half a thought';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (key: string, value: string) {
      if (key.startsWith('aime.outbox.')) throw new DOMException('Full', 'QuotaExceededError');
      setItem.call(this, key, value);
    };
    location.reload();
  });
  // Shown where the person looks, before they open anything.
  await seen(page.getByText('Unsaved note: Half a thought'));
  await page.getByRole('button', { name: 'Continue writing' }).click();
  expect(await noteField(page).inputValue()).toBe('Half a thought');
  await seen(page.getByText('Draft', { exact: true }));
  await noteField(page).press('Control+Enter');
  await seen(page.getByText('Half a thought', { exact: true }));
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('aime.draft.')))).toEqual(
    [],
  );

  await page.goto('/collection');
  const dialog = page.getByRole('dialog', { name: 'Add a record' });
  const title = dialog.getByRole('textbox', { name: 'Title' });
  await page.getByRole('button', { name: 'Add a record' }).first().click();
  await title.fill('Flea Market');
  await page.reload();
  await page.getByRole('button', { name: 'Add a record' }).first().click();
  expect(await title.inputValue()).toBe('Flea Market');
});

test('a love and a reload at once, on a slow processor', async () => {
  const server = await session.server(following(await session.listener()));
  const page = await session.device(server, '/journal');
  await seen(listen(page, 'Werkbank'));
  await settled(page);
  const titles = ['Werkbank', 'Marée haute'];
  for (const title of titles) {
    await seen(love(listen(page, title), title));
    const fast = await slowed(page, 20);
    await love(listen(page, title), title).click();
    await page.reload({ waitUntil: 'commit' });
    await fast();
    await seen(love(listen(page, title), title).and(page.locator('[aria-pressed="true"]')));
  }
  const loved = ({ items }: History) =>
    items
      .filter((item) => item.loved)
      .map(({ track }) => track.title)
      .sort();
  const landed = await until(
    'the loves on the server',
    () => history(server),
    (answer) => loved(answer).length === titles.length,
  );
  expect(loved(landed)).toEqual([...titles].sort());
});
