import { countedBy, dayAfter, mostFirst } from '../setup/countedAgain.ts';
import { top } from './counts.ts';
import { clockAt, durationText, figures, LONG, today, written } from './format.ts';
import { becomes, open, says, texts } from './reading.ts';
import type { Shown } from './shown.ts';

/** What the Journal says. */
export async function journal({ page, language, library }: Shown): Promise<void> {
  await says(
    page.locator('.head .sub'),
    new RegExp(`^${library.heard.length} .* ${written(library.heard[0]!.day, language, LONG)}$`),
    'the Journal’s listens',
  );
  const days = [...new Set(library.heard.map(({ day }) => day))].reverse().slice(0, 3);
  for (const [index, day] of days.entries()) {
    const heard = library.in(day, day);
    const section = page.locator('section.day', { hasText: written(day, language, { weekday: 'long', ...LONG }) });
    await becomes(
      async () => {
        if ((await section.count()) === 0) await page.mouse.wheel(0, 400);
        return section.count();
      },
      1,
      `${day} in the Journal`,
    );
    await says(
      section.locator('header'),
      new RegExp(`\\b${heard.length} (listens?|écoutes?), ${durationText(library.time(heard), language)}$`),
      `listens and time of ${day}`,
    );
    const hours = countedBy(heard, ({ hour }) => [hour]);
    const busiest = Math.min(
      ...[...hours].filter(([, listens]) => listens === Math.max(...hours.values())).map(([hour]) => hour),
    );
    await becomes(
      async () => figures((await section.locator('[role=img]').first().getAttribute('aria-label')) ?? '')[0],
      busiest,
      `the busiest hour of ${day}`,
    );
    if (index === 0)
      await becomes(
        async () => (await texts(section.locator('[data-listen] .tm'))).sort(),
        heard.map(({ at }) => clockAt(at)).sort(),
        `moments of ${day}`,
      );
  }
  // Beside the days.
  const then = [...new Set(library.heard.map(({ day }) => day.slice(0, 4)))]
    .filter((year) => year < today().slice(0, 4))
    .map(
      (year) =>
        [
          year,
          countedBy(library.in(`${year}${today().slice(4)}`, `${year}${today().slice(4)}`), ({ album }) =>
            album ? [album.id] : [],
          ),
        ] as const,
    )
    .filter(([, albums]) => albums.size > 0)
    .map(([year, albums]) => [Number(year), mostFirst(albums)[0]])
    .reverse();
  // A record without a picture has its title where the cover would be.
  await becomes(
    async () =>
      (await texts(page.locator('aside .then > span:last-child'))).map((label) => [
        Number(label.slice(0, 4)),
        figures(label.replace(/,[^,]*$/, '')).at(-1),
      ]),
    then,
    'other years',
  );
  const monday = dayAfter(today(), -((new Date(`${today()}T12:00:00Z`).getUTCDay() + 6) % 7));
  const week = library.in(monday);
  const fresh = library.newIn(week, ({ album }) => (album ? [album.id] : []));
  await becomes(
    async () => (await texts(page.locator('aside dd'))).map(Number),
    [week.length, fresh.size, library.currentStreak(today())],
    'the week beside the Journal',
  );
}

/** What the Timeline says of the day with most listens. */
export async function timeline({ page, language, library }: Shown): Promise<void> {
  const [day, listens] = top(countedBy(library.heard, (heard) => [heard.day]));
  const heard = library.in(day, day);
  await open(page, `/timeline?day=${day}`);
  const said = page.locator('main header').first();
  await says(said, new RegExp(`\\b${listens} (listens|écoutes)`), `listens on ${day}`);
  await says(said, new RegExp(durationText(library.time(heard), language), 'i'), `time on ${day}`);
  await says(
    said,
    new RegExp(`${clockAt(heard[0]!.at)}.*${clockAt(heard.at(-1)!.at)}`),
    `first and last listen on ${day}`,
  );
}
