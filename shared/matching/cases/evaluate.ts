import type { Report } from '../report.ts';
import type { Reason } from '../reasons.ts';
import { compareAlbums } from '../sameAlbum.ts';
import { compareReports } from '../sameListen.ts';
import { resolveReports } from '../resolveReports.ts';
import type { AlbumCase, Named } from './albumCase.ts';
import { ALBUMS_ALIKE } from './albumsAlike.ts';
import { SEPARATE_ALBUMS } from './separateAlbums.ts';
import { ALBUMS_FURTHER } from './albumsFurther.ts';
import { CREDITS } from './credits.ts';
import { FURTHER } from './further.ts';
import type { KnownMiss } from './knownMisses.ts';
import { KNOWN_MISSES } from './knownMisses.ts';
import type { Heard, ListenCase } from './listenCase.ts';
import { NAMES } from './names.ts';
import { RECORDS } from './records.ts';
import type { SetCase } from './sets.ts';
import { SETS } from './sets.ts';
import { TIMES } from './times.ts';
import { VERSIONS } from './versions.ts';

/** A case with what the rule says of it. */
export interface Outcome {
  group: string;
  about: string;
  one: string;
  other: string;
  expected: string;
  decision: string;
  reasons: readonly Reason[];
  knownMiss: KnownMiss | undefined;
}

const LISTEN_GROUPS: readonly (readonly [string, readonly ListenCase[]])[] = [
  ['Versions', VERSIONS],
  ['Credits', CREDITS],
  ['Names', NAMES],
  ['Times', TIMES],
  ['Records', RECORDS],
  ['Further', FURTHER],
];
const ALBUM_GROUPS: readonly (readonly [string, readonly AlbumCase[]])[] = [
  ['Alike', ALBUMS_ALIKE],
  ['Separate', SEPARATE_ALBUMS],
  ['Further albums', ALBUMS_FURTHER],
];

/** Pairs of reports: one play or two. */
export function listenOutcomes(): Outcome[] {
  return LISTEN_GROUPS.flatMap(([group, cases]) =>
    cases.map(([about, roon, lastfm, gap, expected]) => {
      const { same, reasons } = compareReports(reportOf('roon', roon, 0), reportOf('lastfm', lastfm, gap));
      const one = heardText(roon, 0);
      return outcome(group, about, one, heardText(lastfm, gap), expected, same ? 'one' : 'two', reasons);
    }),
  );
}

/** Evenings: which reports are one play. */
export function setOutcomes(): Outcome[] {
  return SETS.map((set) => {
    const [about, , seen, plays] = set;
    const described = seen.map(
      ([source, at, title], index) => `${index}: ${source} ${at} s${title === undefined ? '' : ` ${title}`}`,
    );
    return outcome('Evenings', about, described.join('; '), '', groupsText(plays), groupsText(resolved(set)), []);
  });
}

/** Heard against owned albums. */
export function albumOutcomes(): Outcome[] {
  return ALBUM_GROUPS.flatMap(([group, cases]) =>
    cases.map(([about, heard, owned, expected]) => {
      const { decision, reasons } = compareAlbums(albumOf(heard), albumOf(owned));
      return outcome(group, about, albumText(heard), albumText(owned), expected, decision, reasons);
    }),
  );
}

/** How many of those called `positive` are it, and how many of those that are it were called so, 0 to 1. */
export function precisionAndRecall(
  outcomes: readonly Outcome[],
  positive: string,
): { precision: number; recall: number } {
  const called = outcomes.filter(({ decision }) => decision === positive);
  const are = outcomes.filter(({ expected }) => expected === positive);
  const both = called.filter(({ expected }) => expected === positive).length;
  return { precision: both / Math.max(1, called.length), recall: both / Math.max(1, are.length) };
}

function outcome(
  group: string,
  about: string,
  one: string,
  other: string,
  expected: string,
  decision: string,
  reasons: readonly Reason[],
): Outcome {
  const knownMiss = KNOWN_MISSES.find((miss) => miss.about === `${group}: ${about}`);
  return { group, about, one, other, expected, decision, reasons, knownMiss };
}

function resolved([, seconds, seen]: SetCase): number[][] {
  const reports = seen.map(([source, at, title], index) =>
    reportOf(source, ['Marsha Vale', title ?? 'Harbour Lights', 'Night Boats', seconds], at, String(index)),
  );
  return resolveReports(reports).map((listen) => listen.reports.map((report) => Number(report.key)));
}

function reportOf(source: string, [artist, title, album, seconds]: Heard, at: number, key = source): Report {
  const described = { ...(album ? { album } : {}), ...(seconds ? { durationSeconds: seconds } : {}) };
  return { key, source, artist, title, playedAt: 1_760_000_000 + at, ...described };
}

function albumOf([artist, title, year, tracks]: Named) {
  return { artist, title, ...(year ? { year } : {}), ...(tracks === undefined ? {} : { tracks }) };
}

function heardText([artist, title, album, seconds]: Heard, at: number): string {
  const length = seconds ? `, ${seconds} s` : '';
  return `${artist} · ${title}${album ? ` · ${album}` : ''}${length}${at === 0 ? '' : ` (${at > 0 ? '+' : ''}${at} s)`}`;
}

function albumText([artist, title, year, tracks]: Named): string {
  return `${artist} · ${title}${year ? ` (${year})` : ''}${tracks === undefined ? '' : `, ${tracks.length} tracks given`}`;
}

function groupsText(groups: readonly (readonly number[])[]): string {
  return groups
    .map((group) => [...group].sort((a, b) => a - b).join('+'))
    .sort()
    .join(' ');
}
