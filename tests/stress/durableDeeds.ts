import type { Locator, Page } from 'playwright-core';
import type { RunningServer } from '#tests/kit/serverProcess.ts';
import { listen, love, seen } from '#tests/e2e/setup/places.ts';
import type { SeededChance } from '#tests/simulators/catalogue/random.ts';

/** What the household has, as the person left it. */
export interface DurableState {
  albums: { id: number; title: string; rating: number; note: string }[];
  listens: { id: number; title: string; loved: boolean; note: string; gone: boolean }[];
  /** With the titles of their tracks, in order. */
  playlists: { id?: string; name: string; titles: string[] }[];
}

/** One thing that a person does, up to its last key, and how it is found again. */
export interface Deed {
  name: string;
  path: string;
  /** Everything but the last key. */
  prepare(page: Page): Promise<void>;
  key: string;
  /** Shown by a page that was opened afterwards. */
  shown(page: Page): Promise<void>;
  /** The person's view of what there is, afterwards. */
  remember(): void;
}

type Maker = (expected: DurableState, chance: SeededChance, number: number) => Deed | undefined;

const remaining = ({ listens }: DurableState) => listens.filter(({ gone }) => !gone);
const pressed = (button: Locator, on: boolean) => button.and(button.page().locator(`[aria-pressed="${on}"]`));
const more = (page: Page) => page.locator('main').getByRole('button', { name: 'More', exact: true });

async function openMenu(page: Page, title: string): Promise<void> {
  await listen(page, title).hover();
  await listen(page, title)
    .getByRole('button', { name: `More about ${title}` })
    .click();
}

const makers: Readonly<Record<string, Maker>> = {
  love(expected, chance) {
    const one = chance.one(remaining(expected));
    return {
      name: 'a love',
      path: '/journal',
      key: 'Enter',
      prepare: (page) => love(listen(page, one.title), one.title).focus(),
      shown: (page) => seen(pressed(love(listen(page, one.title), one.title), one.loved)),
      remember: () => (one.loved = !one.loved),
    };
  },
  rate(expected, chance) {
    const one = chance.one(expected.albums);
    const rating = (one.rating % 5) + 1;
    return {
      name: 'a rating',
      path: `/album/${one.id}`,
      key: String(rating),
      prepare: (page) => seen(page.getByRole('radiogroup', { name: /^My rating/ })),
      shown: (page) => seen(page.getByRole('radiogroup', { name: `My rating: ${rating} out of 5` })),
      remember: () => (one.rating = rating),
    };
  },
  note(expected, chance, number) {
    const one = chance.one(expected.albums);
    const text = `Heard in the rain, ${number}`;
    return {
      name: 'a note on a record',
      path: `/album/${one.id}`,
      key: 'Control+Enter',
      async prepare(page) {
        await page.getByRole('button', { name: /^(Write a note|Change the note)/ }).click();
        await page.getByRole('textbox', { name: 'Note on this record' }).fill(text);
      },
      shown: (page) => seen(page.getByText(text, { exact: true })),
      remember: () => (one.note = text),
    };
  },
  noteListen(expected, chance, number) {
    const one = chance.one(remaining(expected));
    const text = `In the kitchen, ${number}`;
    return {
      name: 'a note on a listen',
      path: '/journal',
      key: 'Control+Enter',
      async prepare(page) {
        await listen(page, one.title).focus();
        await page.keyboard.press('n');
        await page.getByRole('textbox', { name: `Note on ${one.title}` }).fill(text);
      },
      shown: (page) => seen(page.getByText(text, { exact: true })),
      remember: () => (one.note = text),
    };
  },
  takeOut(expected, chance) {
    const left = remaining(expected);
    const one = left.length > 4 ? chance.one(left) : undefined;
    return (
      one && {
        name: 'a listen taken out',
        path: '/journal',
        key: 'Enter',
        async prepare(page) {
          await openMenu(page, one.title);
          await page.getByRole('menuitem', { name: 'Remove from the journal' }).focus();
        },
        async shown(page) {
          await seen(listen(page, remaining(expected)[0]!.title));
          await listen(page, one.title).waitFor({ state: 'hidden' });
        },
        remember: () => (one.gone = true),
      }
    );
  },
  makePlaylist(expected, chance, number) {
    const one = chance.one(remaining(expected));
    const name = `Evening ${number}`;
    return {
      name: 'a playlist made',
      path: '/journal',
      key: 'Enter',
      async prepare(page) {
        await openMenu(page, one.title);
        await page.getByRole('menuitem', { name: 'Add to a playlist' }).click();
        await page.getByRole('textbox', { name: 'A new playlist' }).fill(name);
      },
      async shown(page) {
        await page.goto('/playlists');
        await seen(page.getByText(name, { exact: true }));
      },
      remember: () => void expected.playlists.push({ name, titles: [one.title] }),
    };
  },
  renamePlaylist(expected, chance, number) {
    const one =
      expected.playlists.filter(({ id }) => id !== undefined).length > 0
        ? chance.one(expected.playlists.filter(({ id }) => id !== undefined))
        : undefined;
    const name = `Night ${number}`;
    return (
      one && {
        name: 'a playlist renamed',
        path: `/playlists/${one.id}`,
        key: 'Enter',
        async prepare(page) {
          await more(page).click();
          await page.getByRole('menuitem', { name: 'Rename' }).click();
          await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(name);
        },
        shown: (page) => seen(page.getByRole('heading', { level: 1, name })),
        remember: () => (one.name = name),
      }
    );
  },
  deletePlaylist(expected, chance) {
    const those = expected.playlists.filter(({ id }) => id !== undefined);
    const one = those.length > 2 ? chance.one(those) : undefined;
    return (
      one && {
        name: 'a playlist deleted',
        path: `/playlists/${one.id}`,
        key: 'Enter',
        async prepare(page) {
          await more(page).click();
          await page.getByRole('menuitem', { name: 'Delete' }).focus();
        },
        async shown(page) {
          await page.goto('/playlists');
          // One that stays: until the list is there, nothing is on it.
          await seen(page.getByText(expected.playlists[0]!.name, { exact: true }));
          await page.getByText(one.name, { exact: true }).waitFor({ state: 'hidden' });
        },
        remember: () => void expected.playlists.splice(expected.playlists.indexOf(one), 1),
      }
    );
  },
};

/** The kinds, each in its turn; those that are not possible yet are passed over. */
export function nextDeed(expected: DurableState, chance: SeededChance, number: number): Deed {
  const all = Object.values(makers);
  for (let turn = number; ; turn += 1) {
    const deed = all[turn % all.length]!(expected, chance, number);
    if (deed) return deed;
  }
}

interface Page1<T> {
  items: T[];
}

/** What the server holds, in the same words: every record, whether anything of it is in the journal or not. */
export async function readDurable(server: RunningServer): Promise<DurableState> {
  const { items: listens } =
    await server.get<Page1<{ id: number; loved: boolean; note: string | null; track: { title: string } }>>(
      '/history/tracks?pageSize=200',
    );
  const { items: albums } = await server.get<Page1<{ id: number; title: string; rating: number; note: string | null }>>(
    '/collection/albums?pageSize=200',
  );
  const { items: lists } = await server.get<Page1<{ id: string }>>('/playlists?pageSize=200');
  const playlists = await Promise.all(
    lists.map(({ id }) => server.get<{ id: string; name: string; tracks: { title: string }[] }>(`/playlists/${id}`)),
  );
  return {
    albums: albums
      .map(({ id, title, rating, note }) => ({ id, title, rating, note: note ?? '' }))
      .sort((a, b) => a.id - b.id),
    listens: listens.map(({ id, loved, note, track }) => ({
      id,
      title: track.title,
      loved,
      note: note ?? '',
      gone: false,
    })),
    playlists: playlists.map(({ id, name, tracks }) => ({ id, name, titles: tracks.map(({ title }) => title) })),
  };
}
