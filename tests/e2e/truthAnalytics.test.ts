import { test } from 'vitest';
import { report } from './truth/analytics.ts';
import { today } from './truth/format.ts';
import { review } from './truth/review.ts';
import { anyHouseholdShown } from './truth/shown.ts';

const opened = anyHouseholdShown();

test.each(['en', 'fr'] as const)('what analytics and the year say is what the library holds (%s)', async (language) => {
  const shown = await opened(language, '/analytics');
  const year = today().slice(0, 4);
  const heard = shown.library.in(`${year}-01-01`, `${year}-12-31`);
  await report(shown, { heard: shown.library.in() });
  await report(shown, { heard, year });
  await review(shown, { heard, year });
  await shown.page.context().close();
});
