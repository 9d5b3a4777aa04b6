import { identityKey, textKey } from '#shared/matching/identity.ts';
import type { ReportedNames } from '../catalogue/reported.ts';
import { shelfPrecedence, type Precedence } from '../catalogue/shelfPrecedence.ts';
import type { Core } from '../core.ts';
import { byMeasure } from './resolveListen.ts';
import { namesOf, type ScrobbleRow } from './evidence.ts';
import { creditsJoinedBy, NAME_ORDER } from './sourcePrecedence.ts';
import { trimmed } from '#shared/text/blank.ts';

/** Performers come first in a joined line; those far behind are never who an album is filed under. */
const MOST_CREDITS = 5;

/**
 * The names under which each play is filed, given all its reports: the very track that a person named, else whatever
 * combination of what they say is on the shelf, else by the precedence of their sources. Depends on the reports and the shelf,
 * not on the order of arrival.
 */
export function resolveNames(core: Core, plays: readonly (readonly ScrobbleRow[])[]): ReportedNames[] {
  const choices = plays.map(namings);
  const doubtful = choices.flatMap((some) => (some.length > 1 ? some : []));
  if (doubtful.length === 0) return choices.map((some) => some[0]!);
  const precedences = shelfPrecedence(core, doubtful);
  const precedence = new Map(doubtful.map((naming, index) => [naming, precedences[index]!]));
  return choices.map((some) => best(some, precedence));
}

function best(namings: readonly ReportedNames[], precedence: ReadonlyMap<ReportedNames, Precedence>): ReportedNames {
  return namings.reduce((chosen, naming) =>
    (precedence.get(naming) ?? 0) > (precedence.get(chosen) ?? 0) ? naming : chosen,
  );
}

/**
 * Every way to name a play, the one that takes precedence without a shelf first. A person named a very track; so does a report made from a
 * replica, but only for its source: it does not outvote a report whose names take precedence over its own.
 */
function namings(rows: readonly ScrobbleRow[]): ReportedNames[] {
  const [only] = rows;
  if (rows.length === 1 && !isJoined(only!)) return [namesOf(only!)];
  const ordered = [...rows].sort(byNamer);
  const named = ordered.find(({ track_id, rebuilt }, place) => track_id !== null && (rebuilt === null || place === 0));
  if (named !== undefined) return [namesOf(named)];
  const artists = distinct(
    ordered.flatMap(creditsOf).sort((one, other) => one.place - other.place),
    ({ name }) => identityKey(name),
  );
  const titles = distinct(ordered, ({ title }) => textKey(title));
  const albums = distinct(
    ordered.filter(({ album }) => album !== null),
    ({ album, album_artist }) => `${textKey(album!)}\n${album_artist}`,
  );
  const durationSeconds =
    [...rows].sort(byMeasure).find(({ duration_seconds }) => duration_seconds !== null)?.duration_seconds ?? null;
  const every = (albums.length === 0 ? [null] : albums).flatMap((album) =>
    artists.flatMap(({ name, mbid }) =>
      titles.map((title): ReportedNames => ({
        artist: name,
        artistMbid: mbid,
        title: title.title,
        trackMbid: title.track_mbid,
        album: album?.album ?? null,
        albumArtist: album?.album_artist ?? null,
        albumMbid: album?.album_mbid ?? null,
        durationSeconds,
        trackId: null,
      })),
    ),
  );
  return albums.length === 0 ? every.slice(0, 1) : every;
}

interface Credit {
  name: string;
  mbid: string | null;
  /** 0 for who comes first in a line. */
  place: number;
}

function creditsOf(row: ScrobbleRow): Credit[] {
  if (!isJoined(row)) return [{ name: row.artist, mbid: row.artist_mbid, place: 0 }];
  const names = row.artist
    .split(creditsJoinedBy(row.source)!)
    .map(trimmed)
    .filter((name) => name !== '');
  return names.slice(0, MOST_CREDITS).map((name, place) => ({ name, mbid: null, place }));
}

const isJoined = ({ source, artist }: ScrobbleRow): boolean => {
  const joint = creditsJoinedBy(source);
  return joint !== undefined && artist.includes(joint);
};

const byNamer = (one: ScrobbleRow, other: ScrobbleRow): number =>
  NAME_ORDER.indexOf(one.source) - NAME_ORDER.indexOf(other.source) ||
  one.played_at - other.played_at ||
  (one.source_key < other.source_key ? -1 : 1);

function distinct<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const first = new Map<string, T>();
  for (const item of items) if (!first.has(keyOf(item))) first.set(keyOf(item), item);
  return [...first.values()];
}
