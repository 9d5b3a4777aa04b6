import { artistsOf, countedBy, mostFirst } from '../setup/countedAgain.ts';
import { count, top } from './counts.ts';
import { durationText, figures, languages, plural, today, written } from './format.ts';
import { becomes, byName, open, says, tables, text, texts } from './reading.ts';
import type { Shown } from './shown.ts';

const isVinyl = ({ support }: { support: string | null }): boolean => /vinyl|shellac/i.test(support ?? '');

/** What the Collection says. */
export async function shelf({ page, library }: Shown): Promise<void> {
  await open(page, '/collection');
  const vinyl = library.owned.filter(isVinyl).length;
  await becomes(
    async () => figures(await text(page.locator('.head .sub'))).slice(0, 2),
    [library.owned.length, vinyl],
    'the shelf',
  );
  const kinds = countedBy(library.owned, ({ support }) =>
    support === null
      ? []
      : [
          isVinyl({ support })
            ? 'vinyl'
            : /^(CD|DVD|Blu-ray|MiniDisc)$/i.test(support)
              ? 'disc'
              : /^(8-Track|Reel)|cassette/i.test(support)
                ? 'tape'
                : support,
        ],
  );
  await becomes(
    async () => (await texts(page.locator('.bar .seg').first().locator('button'))).map((tab) => figures(tab).at(-1)),
    [library.owned.length, ...mostFirst(kinds)],
    'records of each support',
  );
}

/** What the page of the record heard most says. */
export async function record({ page, language, library }: Shown): Promise<void> {
  const [id, listens] = top(countedBy(library.heard, ({ album }) => (album ? [album.id] : [])));
  const heard = library.heard.filter(({ album }) => album?.id === id);
  await open(page, `/album/${id}`);
  await says(page.locator('section.sec .head .s.q.n').first(), new RegExp(`^${listens} `), 'listens of a record');
  const its = [...library.tracks.values()].filter(({ album, isHeading }) => album === id && !isHeading);
  const played = its.filter(({ isWhole }) => !isWhole);
  const whole =
    plural(languages[language].messages['album.tracksBare'], played.length) +
    (played.every(({ estimated }) => estimated === 0) ? `, ${durationText(library.time(played), language)}` : '');
  await becomes(
    async () => (await texts(page.locator('.meta li'))).filter((fact) => fact === whole),
    [whole],
    'tracks and length of a record',
  );
  const plays = countedBy(heard, ({ track }) => [track.id]);
  const rows = async () => (await texts(page.locator('li.tk'))).length;
  await becomes(rows, its.length, 'tracks of a record');
  const shown = async () =>
    (await texts(page.locator('li.tk .pl'))).map((label) => figures(label)[0] ?? 0).sort((a, b) => a - b);
  await becomes(
    shown,
    its.map((track) => count(plays, track.id)).sort((a, b) => a - b),
    'listens of each track',
  );
  const lengths = its
    .map(({ seconds, estimated }) =>
      estimated > 0 ? '' : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`,
    )
    .sort();
  await becomes(async () => (await texts(page.locator('li.tk .du'))).sort(), lengths, 'length of each track');
  const months = countedBy(heard, ({ day }) => [
    written(`${day.slice(0, 7)}-15`, language, { month: 'long', year: 'numeric' }),
  ]);
  const span = monthsBetween(heard[0]!.day, today());
  if (span > 2)
    await becomes(
      async () => byName(Object.values(await tables(page))[0] ?? []),
      byName([...months].map(([month, n]) => [month, String(n)])),
      'months of a record',
    );
  const most = Math.max(...months.values());
  if (span > 2)
    await says(
      page.locator('section.sec .peak'),
      new RegExp(`^${most} (in|en) (${[...months].filter(([, n]) => n === most)[0]![0]})$`),
      'the most of a record in a month',
    );
}

const monthsBetween = (first: string, last: string): number =>
  (Number(last.slice(0, 4)) - Number(first.slice(0, 4))) * 12 +
  Number(last.slice(5, 7)) -
  Number(first.slice(5, 7)) +
  1;

/** What the page of the artist heard most says. */
export async function artist({ page, library }: Shown): Promise<void> {
  const [id, listens] = top(countedBy(library.heard, artistsOf));
  const heard = library.heard.filter(({ track }) => track.artists.includes(id));
  await open(page, `/artist/${id}`);
  await says(page.locator('p.lead'), new RegExp(`^${listens} `), 'listens of an artist');
  const theirs = [...library.albums.values()].filter(
    (album) =>
      album.artists.includes(id) ||
      [...library.tracks.values()].some((track) => track.album === album.id && track.artists.includes(id)),
  );
  const shelves = [
    theirs.filter(({ isOwned }) => isOwned).length,
    theirs.filter(({ isOwned }) => !isOwned).length,
  ].filter((n) => n > 0);
  await becomes(
    async () => (await texts(page.locator('.shelves .head .x.q.n'))).map(Number),
    shelves,
    'records of an artist',
  );
  await becomes(
    async () => (await texts(page.locator('li.rk .s.q.n'))).map(Number),
    mostFirst(countedBy(heard, ({ track }) => [track.id])).slice(0, 8),
    'tracks of an artist',
  );
  const [first, last] = [heard[0]!.day.slice(0, 4), today().slice(0, 4)];
  const years = Array.from({ length: Number(last) - Number(first) + 1 }, (_, step) => String(Number(first) + step)).map(
    (year) => [year, String(heard.filter(({ day }) => day.startsWith(year)).length)],
  );
  if (years.length > 1) await becomes(async () => Object.values(await tables(page))[0], years, 'years of an artist');
}
