import { seededRandom } from '#shared/playlists/seededRandom.ts';

/** A record's haiku, as far as a day's is chosen by it. */
interface Written {
  albumId: string;
  /** BCP 47; not known of an old one. */
  language?: string | undefined;
  /** Seconds since the epoch; not known of an old one. */
  writtenAt?: number | undefined;
}

/**
 * The haiku of a day: chosen by the date from what stood there when the day began, so that nothing that is heard or written in its course
 * changes it. On a day that began without any it is the first that was written.
 *
 * Those in the server's language come first: the one that was chosen, or else that of the last generated text before the day.
 *
 * @param dayStart the first second of the day. @param agreed the server's language; null where none was chosen.
 */
export function haikuChoice<W extends Written>(
  all: readonly W[],
  today: string,
  dayStart: number,
  agreed: string | null,
): W | undefined {
  const before = all.filter(({ writtenAt }) => (writtenAt ?? 0) < dayStart);
  if (before.length === 0)
    return all.toSorted((a, b) => (a.writtenAt ?? 0) - (b.writtenAt ?? 0) || Number(a.albumId) - Number(b.albumId))[0];
  const language =
    agreed ?? before.reduce((last, each) => ((each.writtenAt ?? 0) > (last.writtenAt ?? 0) ? each : last)).language;
  const inLanguage = before.filter(
    (each) => language !== undefined && each.language !== undefined && baseOf(each.language) === baseOf(language),
  );
  // Each by its own number of the day, not by its place: one record more or less seldom makes it another.
  const numbered = (inLanguage.length > 0 ? inLanguage : before).map((each) => ({
    each,
    number: seededRandom(`${today} ${each.albumId}`).below(2 ** 32),
  }));
  return numbered.reduce((first, other) => (other.number < first.number ? other : first)).each;
}

/** fr-CH → fr */
const baseOf = (language: string): string => language.toLowerCase().split('-')[0]!;
