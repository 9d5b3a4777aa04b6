import { artistsOf, countedBy, groupOf, mostFirst } from '../setup/countedAgain.ts';
import { byHour, count } from './counts.ts';
import { capital, durationText, even, languages, plural, share, twoDigits, weekdays, written } from './format.ts';
import { becomes, open, says } from './reading.ts';
import { type Period, type Shown } from './shown.ts';

/** What the review of a year says. */
export async function review({ page, language, library }: Shown, { heard, year }: Required<Period>): Promise<void> {
  const { messages } = languages[language];
  await open(page, `/analytics/year/${year}`);
  await says(
    page.locator('h1'),
    even(messages['review.titleSoFar'].replace('{year}', year)),
    'the title of a year that is not over',
  );
  const cards = async () =>
    Object.fromEntries(
      (
        await page.evaluate(() =>
          [...document.querySelectorAll('main article')].map((card) => ({
            id: card.getAttribute('aria-labelledby') ?? '',
            sentence: card.querySelector('.sentence')?.textContent ?? '',
            rows: [...card.querySelectorAll('li')].map((row) =>
              [...row.querySelectorAll('.text > *'), row.querySelector('.value')!].map(
                (cell) => cell.textContent ?? '',
              ),
            ),
          })),
        )
      ).map(({ id, sentence, rows }) => [
        id.replace('page-', ''),
        { sentence: even(sentence), rows: rows.map((row) => row.map(even)) },
      ]),
    );
  const days = countedBy(heard, ({ day }) => [day]);
  const mostOf = <K>(counts: ReadonlyMap<K, number>) => Math.max(...counts.values());
  const hours = byHour(heard);
  const perWeekday = Array.from({ length: 7 }, (_, day) => heard.filter(({ weekday }) => weekday === day).length);
  await becomes(
    async () => {
      const opening = (await cards())['opening'];
      return opening && [opening.sentence, opening.rows.map((row) => row.at(-1))];
    },
    [
      `${plural(messages['unit.listens'], heard.length)}, ${plural(messages['lead.days'], days.size)}, ${durationText(library.time(heard), language)}.`,
      [
        plural(messages['unit.listens'], mostOf(days)),
        twoDigits(hours.indexOf(Math.max(...hours))),
        capital(weekdays(language)[perWeekday.indexOf(Math.max(...perWeekday))]!),
        String(library.longestStreak(heard)),
        durationText(library.longestSession(heard), language),
      ],
    ],
    'the opening of the year',
  );
  const [counts, albums] = [countedBy(heard, artistsOf), countedBy(heard, groupOf)];
  const values = async (id: string) => (await cards())[id]?.rows.map((row) => row.at(-1));
  for (const [id, all] of [
    ['artists', counts],
    ['albums', albums],
    ['tracks', countedBy(heard, ({ track }) => [track.id])],
  ] as const)
    await becomes(() => values(id), mostFirst(all).slice(0, 7).map(String), `${id} of the year`);
  const months = [...countedBy(heard, ({ day }) => [day.slice(0, 7)])].map(([month, n]) => [
    capital(written(`${month}-15`, language, { month: 'long' })),
    plural(messages['unit.listens'], n),
  ]);
  await becomes(
    async () => (await cards())['months']?.rows.map((row) => [row[0], row.at(-1)]),
    months,
    'months of the year',
  );
  const [newArtists, newRecords] = [library.newIn(heard, artistsOf).size, library.newIn(heard, groupOf)];
  const firstListens = mostFirst(new Map([...newRecords].map((group) => [group, count(albums, group)]))).slice(0, 4);
  const back = library.comebacks(heard);
  const backListens = [...back]
    .map(([artist, { before, after }]) => [after.at - before.at, count(counts, artist)] as const)
    .sort((a, b) => b[0] - a[0])
    .slice(0, 3)
    .map(([, n]) => n);
  await becomes(
    async () => (await cards())['newness']?.sentence,
    `${plural(messages['review.newAlbums'], newRecords.size)}, ${plural(messages['review.newArtists'], newArtists)}.`,
    'what was new in the year',
  );
  await becomes(
    () => values('newness'),
    [...firstListens, ...backListens].map(String),
    'new records and who came back',
  );
  const owning = library.owningOf(heard);
  const partOf = (n: number) => share(n, heard.length, language);
  const first3 = (all: ReadonlyMap<string | null, number>) =>
    mostFirst(new Map([...all].filter(([key]) => key !== null)))
      .slice(0, 3)
      .map(partOf);
  const streamed = count(owning, null);
  const [[decade, most] = ['', 0], [, next] = ['', 0]] = [...library.decadesOf(heard)].sort((a, b) => b[1] - a[1]);
  const whence =
    most > next
      ? messages[most * 2 > heard.length ? 'review.decadesFirst' : 'review.decadesOften'].replace('{year}', decade)
      : '';
  await becomes(async () => (await cards())['shelf']?.sentence, whence, 'the decade the year came from');
  await becomes(
    () => values('shelf'),
    [
      ...first3(owning),
      ...(streamed > 0 ? [partOf(streamed)] : []),
      ...first3(countedBy(heard, ({ album }) => album?.genres ?? [])),
      ...first3(library.decadesOf(heard)),
    ],
    'where the year came from',
  );
}
