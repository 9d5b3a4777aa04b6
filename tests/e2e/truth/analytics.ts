import { besideTheYearBefore, daysBefore, newInTheYear } from './years.ts';
import { expect } from 'vitest';
import { artistsOf, countedBy, groupOf } from '../setup/countedAgain.ts';
import { albumRows, carrier, charts, genre, mainHours, ranking, shares } from './charts.ts';
import { byHour, count, names } from './counts.ts';
import {
  capital,
  durationText,
  even,
  languages,
  plural,
  share,
  SHORT,
  today,
  twoDigits,
  weekdays,
  written,
} from './format.ts';
import { asTables, becomes, open, says, SEED, text, texts } from './reading.ts';
import { type Period, type Shown } from './shown.ts';

const spelledCounts = {
  en: ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  fr: ['aucun', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'],
};

/** What Analytics say of a period. */
export async function report(shown: Shown, { heard, year }: Period): Promise<void> {
  const { page, language, library } = shown;
  const { messages } = languages[language];
  const what = year === undefined ? 'all time' : `${year} so far`;
  await open(page, year === undefined ? '/analytics?period=all' : '/analytics?period=year');
  const days = new Set(heard.map(({ day }) => day)).size;
  const newGroups = library.newIn(heard, groupOf);
  const [from, to] = mainHours(byHour(heard));
  const owning = library.owningOf(heard);
  const lead = page.locator('p.lead');
  await says(
    lead,
    new RegExp(`^${heard.length} .* ${days} (days?|jours?), ${durationText(library.time(heard), language)}\\.`),
    `the sentence of ${what}`,
  );
  await says(lead, new RegExp(`${twoDigits(from)} .* ${twoDigits(to)}`), `main hours of ${what}`);
  if (year === undefined)
    expect(await text(lead), `what was new in all time, seed ${SEED}`).not.toMatch(/never played|jamais écouté/);
  else if (newGroups.size > 0)
    await says(
      lead,
      new RegExp(
        ` (${spelledCounts[language][newGroups.size] ?? newGroups.size}) (new |nouveaux? )?(records?|disques?)`,
      ),
      `new records of ${what}`,
    );
  const before = year === undefined ? [] : daysBefore(library, year);
  if (before.length >= 10 && Math.abs(heard.length / before.length - 1) >= 0.02)
    await says(
      lead,
      ` ${Math.round(Math.abs(heard.length / before.length - 1) * 100)}${language === 'en' ? '%' : ' %'} `,
      `${what} beside the year before`,
    );
  const [[support, most], [, next]] = [...owning, [null, 0] as [null, number]].sort((a, b) => b[1] - a[1]) as [
    [string | null, number],
    [string | null, number],
  ];
  const isHalf = most * 2 > heard.length;
  const sentence =
    support === null
      ? messages[isHalf ? 'lead.mostlyStreamed' : 'lead.oftenStreamed']
      : messages[isHalf ? 'lead.mostlyOwned' : 'lead.oftenOwned'].replace(/\{.*/, '');
  if (support !== '')
    expect((await text(lead)).includes(even(sentence)), `what most of it was, seed ${SEED}`).toBe(most > next);

  await asTables(page);
  const [artists, tracks] = [countedBy(heard, artistsOf), countedBy(heard, ({ track }) => [track])];
  await ranking(
    page,
    messages['tops.artists'],
    artists,
    [...artists].map(([artist, n]) => [library.artists.get(artist)!, String(n)]),
    50,
    `artists of ${what}`,
  );
  await ranking(
    page,
    messages['tops.albums'],
    countedBy(heard, groupOf),
    albumRows(library, heard),
    50,
    `albums of ${what}`,
  );
  await ranking(
    page,
    messages['tops.tracks'],
    tracks,
    [...tracks].map(([track, n]) => [`${track.title}, ${names(library, track.artists)}`, String(n)]),
    50,
    `tracks of ${what}`,
  );

  const shownYear = today().slice(0, 4);
  const overYears = Array.from(
    { length: Number(heard.at(-1)!.day.slice(0, 4)) - Number(heard[0]!.day.slice(0, 4)) + 1 },
    (_, step) => String(Number(heard[0]!.day.slice(0, 4)) + step),
  ).map((each) => [each, String(heard.filter(({ day }) => day.startsWith(each)).length)]);
  const overMonths = Array.from({ length: 12 }, (_, month) => `${shownYear}-${String(month + 1).padStart(2, '0')}`).map(
    (month) => [
      capital(written(`${month}-15`, language, { month: 'long', year: 'numeric' })),
      String(heard.filter(({ day }) => day.startsWith(month)).length),
    ],
  );
  const eachDay = [...countedBy(library.in(`${shownYear}-01-01`), ({ day }) => [day])].map(([day, n]) => [
    written(day, language, { weekday: 'long', day: 'numeric', month: 'long' }),
    String(n),
  ]);
  const back = [...library.comebacks(heard)].map(([artist, { before, after }]) => [
    library.artists.get(artist)!,
    written(before.day, language, SHORT),
    written(after.day, language, SHORT),
    String(count(artists, artist)),
  ]);
  await charts(
    page,
    {
      [even(messages['chart.clock'])]: byHour(heard).map((n, hour) => [twoDigits(hour), String(n)]),
      [even(messages['chart.week'])]: weekdays(language).map((name, weekday) => [
        name,
        ...byHour(heard.filter((each) => each.weekday === weekday)).map(String),
      ]),
      ...(year === undefined ? { [messages['chart.byYear']]: overYears } : { [messages['chart.byMonth']]: overMonths }),
      [even(messages['chart.year'].replace('{year}', shownYear))]: eachDay,
      [even(messages['chart.comebacks'])]: back,
    },
    `hours, weekdays, days and comebacks of ${what}`,
  );

  await charts(
    page,
    {
      [even(messages['chart.genres'])]: shares(
        heard,
        ({ album }) => (album?.genres ?? []).map((name) => genre(name, language)),
        language,
      ),
      [even(messages['chart.labels'])]: shares(
        heard,
        ({ album }) => (album?.labels ?? []).map((name) => (name === 'Not On Label' ? messages['label.none'] : name)),
        language,
      ),
      [even(messages['chart.supports'])]: shares(
        heard,
        ({ album }) => (album?.support == null ? [] : [carrier(album.support, language)]),
        language,
      ),
      [even(messages['chart.sources'])]: shares(
        heard,
        ({ source }) => [messages[`source.${source}` as 'source.lastfm']],
        language,
      ),
      [even(messages['chart.decades'])]: [...library.decadesOf(heard)].map(([decade, n]) => [
        messages['collection.decadeOf'].replace('{year}', decade),
        String(n),
        share(n, heard.length, language),
      ]),
      [even(messages['chart.owned'])]: [...owning].map(([support, n]) => [
        support === null
          ? messages['chart.streamed']
          : even(messages['chart.ownedOn'].replace('{support}', carrier(support, language))),
        String(n),
        share(n, heard.length, language),
      ]),
    },
    `shares of ${what}`,
  );

  if (year === undefined) {
    const headings = await texts(page.locator('main h2'));
    expect(
      headings.filter((heading) => /new (artists?|records?)|(nouvel|nouveaux) (artistes?|disques?)/i.test(heading)),
      `what was new in all time, seed ${SEED}`,
    ).toEqual([]);
  } else await newInTheYear(shown, { heard, what });

  const loved = new Set(heard.filter(({ track }) => track.loved).map(({ track }) => track.id)).size;
  const habit = [
    library.currentStreak(today()),
    ...(year === undefined ? [] : [library.longestStreak(heard)]),
    library.longestStreak(library.heard),
    durationText(library.longestSession(heard), language),
    loved,
  ].map(String);
  await becomes(() => texts(page.locator('main dl dd')), habit, `the habit of ${what}`);
  const groups = new Set(library.heard.flatMap((each) => groupOf(each)));
  const waiting = library.owned.filter(({ group }) => !groups.has(group)).length;
  if (waiting > 0)
    await becomes(
      () => page.locator('h2', { hasText: plural(messages['chart.unplayed'], waiting) }).count(),
      1,
      'records never played',
    );
  if (year !== undefined) await besideTheYearBefore(shown, { heard, year });
}
