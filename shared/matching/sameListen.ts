import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
import { relateAlbumTitles } from './albumTitles.ts';
import { soundsLive } from './albumTitlePatterns.ts';
import type { ArtistRelation } from './artists.ts';
import { relateArtists } from './artists.ts';
import { relateDurations, relateTimes } from './listenTimes.ts';
import type { Reason, ReasonCode } from './reasons.ts';
import type { Report } from './report.ts';
import type { TitleForm, VersionRelation } from './titles.ts';
import { ownKinds, relateNames, relateVersions, titleForm } from './titles.ts';

/** Whether two reports are of one play, how sure that is (0 to 1), and why. Scrobbles are deduplicated by this rule. */
export interface Comparison {
  same: boolean;
  score: number;
  reasons: Reason[];
}

const IMPOSSIBLE = -100;

/** What each finding weighs. One play needs ENOUGH in all: artist and title alike and stamps within one play. */
const WEIGHTS = {
  'title-same': 4,
  'title-part': 2,
  'title-close': 2.5,
  'title-number-missing': 1,
  'title-other-script': 0.5,
  'title-different': IMPOSSIBLE,
  'artist-same': 3,
  'artist-credited': 2.5,
  'artist-close': 2,
  'artist-various': 1,
  'artist-other-script': 0.5,
  'artist-different': -1.5,
  'version-same': 0,
  'version-dress': 0,
  'version-live-by-album': -0.5,
  'version-live-left-out': -1.75,
  'version-edit-left-out': -1.75,
  'version-omitted': -1.75,
  'version-conflict': IMPOSSIBLE,
  'album-same': 2,
  'album-edition': 1.5,
  'album-related': 0.5,
  'album-common': 0.25,
  'album-unknown': 0,
  'album-different': -0.75,
  'album-live-and-studio': -2,
  'duration-same': 1.5,
  'duration-near': 0.5,
  'duration-unknown': 0,
  'duration-far': -3,
  'time-start': 3,
  'time-near': 2,
  'time-end': 1.5,
  'time-within': 0.5,
  'time-slack': 0,
  'time-outside': IMPOSSIBLE,
  'time-unknown': IMPOSSIBLE,
} as const satisfies Partial<Record<ReasonCode, number>>;

type Finding = keyof typeof WEIGHTS;

const ENOUGH = 7;
const MOST = 13.5;

/**
 * The rule for "the same listen": whether two reports are of one play. Symmetric. Reports of one source are never of
 * one play unless they are the same report; a play without a date is like no other. Whether a play is a repeat cannot be decided from two reports alone: see
 * `resolveReports`.
 */
export function compareReports(a: Report, b: Report): Comparison {
  if (a.key === b.key) return { same: true, score: 1, reasons: [{ code: 'same-report', weight: 0 }] };
  if (a.source === b.source) return { same: false, score: 0, reasons: [{ code: 'same-source', weight: IMPOSSIBLE }] };
  if (a.playedAt === DATE_UNKNOWN || b.playedAt === DATE_UNKNOWN) return sum([reason('time-unknown', {})]);
  const gap = Math.abs(a.playedAt - b.playedAt);
  const time = reason(`time-${relateTimes(gap, a.durationSeconds, b.durationSeconds)}`, { seconds: gap });
  if (time.weight === IMPOSSIBLE) return sum([time]);
  const titles = compareTitles(a, b);
  if (titles.some((found) => found.weight === IMPOSSIBLE)) return sum([...titles, time]);
  const artist = compareArtists(a, b);
  const album = reason(`album-${relateAlbumTitles(a.album, b.album)}`, { a: a.album, b: b.album });
  const duration = compareDurations(a, b);
  return sum([...titles, artist, album, duration, time, ...doubts(titles, artist, album, time)]);
}

/**
 * Findings that count only for stamps of one moment or for one album. A track can follow another of nearly its name,
 * or its own remix, a duration later; no two plays of one listener begin within seconds of each other.
 */
function doubts([name, version]: Reason[], artist: Reason, album: Reason, time: Reason): Reason[] {
  const moment = time.code === 'time-start' || time.code === 'time-near';
  const sameAlbum = album.code === 'album-same' || album.code === 'album-edition';
  const believable = [
    artist.code !== 'artist-different' || (time.code === 'time-start' && sameAlbum && name?.code === 'title-same'),
    artist.code !== 'artist-various' || album.code !== 'album-different',
    name?.code !== 'title-number-missing' || time.code === 'time-start',
    name?.code !== 'title-part' || moment,
    version?.code !== 'version-omitted' || moment,
    !version?.code.endsWith('-left-out') || moment || sameAlbum,
  ];
  return believable.every(Boolean) ? [] : [{ code: 'not-enough-in-common', weight: IMPOSSIBLE }];
}

function compareTitles(a: Report, b: Report): Reason[] {
  const one = titleForm(a.title);
  const other = titleForm(b.title);
  const said = { a: a.title, b: b.title };
  const name = reason(`title-${relateNames(one, other)}`, said);
  if (name.weight === IMPOSSIBLE) return [name];
  return [name, reason(versionFinding(a, b, one, other, relateVersions(one, other)), said)];
}

/** A title without "- Live" on an album that says it leaves nothing out; an edit is often called by its song's name. */
function versionFinding(a: Report, b: Report, one: TitleForm, other: TitleForm, relation: VersionRelation): Finding {
  if (relation !== 'omitted') return `version-${relation}`;
  const [bare, marked] = one.own.length === 0 ? [a, other] : [b, one];
  const kinds = ownKinds(marked);
  if (kinds.every((kind) => kind === 'edit')) return 'version-edit-left-out';
  if (!kinds.every((kind) => kind === 'live')) return 'version-omitted';
  return soundsLive(bare.album ?? '') ? 'version-live-by-album' : 'version-live-left-out';
}

/** The best relation of any artist of the one with any of the other: track artist or album artist. */
function compareArtists(a: Report, b: Report): Reason {
  let best: { relation: ArtistRelation; a: string; b: string } | undefined;
  for (const one of artistsOf(a)) {
    for (const other of artistsOf(b)) {
      const relation = relateArtists(one, other);
      if (best === undefined || WEIGHTS[`artist-${relation}`] > WEIGHTS[`artist-${best.relation}`]) {
        best = { relation, a: one, b: other };
      }
    }
  }
  return reason(`artist-${best?.relation ?? 'different'}`, { a: best?.a, b: best?.b });
}

function artistsOf(report: Report): string[] {
  const { artist, albumArtist } = report;
  return albumArtist === undefined || albumArtist === '' || albumArtist === artist ? [artist] : [artist, albumArtist];
}

function compareDurations(a: Report, b: Report): Reason {
  const relation = relateDurations(a.durationSeconds, b.durationSeconds);
  if (relation === 'unknown') return reason('duration-unknown', {});
  return reason(`duration-${relation}`, { seconds: Math.abs((a.durationSeconds ?? 0) - (b.durationSeconds ?? 0)) });
}

function reason(code: Finding, data: { a?: string; b?: string; seconds?: number }): Reason {
  return { code, weight: WEIGHTS[code], ...data };
}

function sum(reasons: Reason[]): Comparison {
  const total = reasons.reduce((points, one) => points + one.weight, 0);
  return { same: total >= ENOUGH, score: Math.min(1, Math.max(0, total / MOST)), reasons };
}
