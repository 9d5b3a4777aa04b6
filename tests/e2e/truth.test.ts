import { test } from 'vitest';
import { seen } from './setup/places.ts';
import { artist, record, shelf } from './truth/catalogue.ts';
import { journal, timeline } from './truth/journal.ts';
import { playlists } from './truth/playlists.ts';
import { settings } from './truth/settings.ts';
import { anyHouseholdShown } from './truth/shown.ts';

const opened = anyHouseholdShown();

test.each(['en', 'fr'] as const)('what the pages say is what the library holds (%s)', async (language) => {
  const shown = await opened(language, '/journal');
  await seen(shown.page.locator('[data-listen]'));
  await journal(shown);
  await timeline(shown);
  await shelf(shown);
  await record(shown);
  await artist(shown);
  await playlists(shown);
  await settings(shown);
  await shown.page.context().close();
});
