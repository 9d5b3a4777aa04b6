import { artistsOf, type CountedAgain, countedBy, groupOf, type Heard, type Played } from '../setup/countedAgain.ts';
import { albumRows, charts, ranking } from './charts.ts';
import { count } from './counts.ts';
import { durationText, even, languages, plural, share, SHORT, today, written } from './format.ts';
import { becomes, byName, tables } from './reading.ts';
import { type Period, type Shown } from './shown.ts';

/** Artists and records that were heard for the first time, each with when. */
export async function newInTheYear(
  { page, language, library }: Shown,
  { heard, what }: { heard: readonly Heard[]; what: string },
): Promise<void> {
  const { messages } = languages[language];
  const artists = countedBy(heard, artistsOf);
  const newGroups = library.newIn(heard, groupOf);
  const [newArtists, firsts, firstGroups] = [
    library.newIn(heard, artistsOf),
    library.firstHeard(artistsOf),
    library.firstHeard(groupOf),
  ];
  const fresh = new Map([...newArtists].map((artist) => [artist, count(artists, artist)]));
  await ranking(
    page,
    plural(messages['chart.newArtists'], fresh.size),
    fresh,
    [...fresh].map(([artist, n]) => [
      library.artists.get(artist)!,
      written(firsts.get(artist)!.day, language, SHORT),
      String(n),
    ]),
    10,
    `new artists of ${what}`,
  );
  const ofNew = heard.filter((each) => groupOf(each).some((group) => newGroups.has(group)));
  await ranking(
    page,
    plural(messages['chart.newAlbums'], newGroups.size),
    countedBy(ofNew, groupOf),
    albumRows(library, ofNew, (group) => [written(firstGroups.get(group)!.day, language, SHORT)]),
    10,
    `new records of ${what}`,
  );
}

/** The same days of the year before. */
export function daysBefore(library: CountedAgain, year: string): Heard[] {
  const last = String(Number(year) - 1);
  return library.in(`${last}-01-01`, `${last}-${today().slice(5) === '02-29' ? '02-28' : today().slice(5)}`);
}

/** What Analytics say of a year beside the one before. */
export async function besideTheYearBefore(
  { page, language, library }: Shown,
  { heard, year }: Required<Period>,
): Promise<void> {
  const { messages } = languages[language];
  const toNew = heard.filter(({ track }) =>
    track.artists.some((artist) => library.newIn(heard, artistsOf).has(artist)),
  ).length;
  await charts(
    page,
    {
      [even(messages['chart.newAndKnown'])]: [
        [messages['chart.newToYou'], toNew],
        [messages['chart.known'], heard.length - toNew],
      ].map(([name, n]) => [String(name), String(n), share(Number(n), heard.length, language)]),
    },
    'new and known',
  );

  const before = daysBefore(library, year);
  const figuresOf = (period: Heard[]): [number | Played, number][] => {
    const time = library.time(period);
    return [
      period.length,
      time,
      new Set(period.map(({ day }) => day)).size,
      countedBy(period, artistsOf).size,
      countedBy(period, groupOf).size,
      countedBy(period, ({ track }) => [track.id]).size,
      library.newIn(period, artistsOf).size,
      library.newIn(period, groupOf).size,
    ].map((each) => [each, typeof each === 'number' ? each : each.seconds]);
  };
  const changed = (a: number, b: number): string => {
    if (b === 0) return '';
    if (a === b) return messages['beside.same'];
    const by = a / b - 1;
    return Math.abs(by) < 0.005
      ? messages['beside.almost']
      : `${by > 0 ? '+' : '−'}${Math.round(Math.abs(by) * 100)}${language === 'en' ? '%' : ' %'}`;
  };
  const said = (each: number | Played): string =>
    typeof each === 'number' ? String(each) : each.seconds === 0 ? '0 min' : durationText(each, language);
  const [current, then] = [figuresOf(heard), figuresOf(before)];
  const rows = (
    [
      'beside.listens',
      'beside.time',
      'beside.days',
      'tops.artists',
      'tops.albums',
      'tops.tracks',
      'beside.newArtists',
      'beside.newAlbums',
    ] as const
  ).map((key, place) => [
    messages[key],
    said(current[place]![0]),
    said(then[place]![0]),
    changed(current[place]![1], then[place]![1]),
  ]);
  // Of a year that is not over, its days so far are compared.
  const titles = [messages['beside.title'], messages['beside.titleDays']].map((title) =>
    even(title).replace('{period}', ''),
  );
  const caption = new RegExp(`^(?:${titles.join('|')})`);
  await becomes(
    async () => byName(Object.entries(await tables(page)).find(([each]) => caption.test(each))?.[1] ?? []),
    byName(rows),
    'beside the year before',
  );
}
