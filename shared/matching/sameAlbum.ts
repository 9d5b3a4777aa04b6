import type { AlbumForm, AlbumFormat } from './albumForm.ts';
import { addsAnotherRecording, albumForm, isSelfTitled } from './albumForm.ts';
import type { ArtistRelation } from './artists.ts';
import { relateArtists } from './artists.ts';
import type { MatchResult } from './matchResult.ts';
import type { Reason, MatchDecision } from './reasons.ts';
import { weightOf } from './sameArtist.ts';
import type { TracksRelation } from './sharedTracks.ts';
import { relateTracks } from './sharedTracks.ts';
import { spellingOf } from './spelling.ts';
import type { NameRelation, VersionRelation } from './titles.ts';
import { ownKinds, relateNames, relateVersions } from './titles.ts';

/** What is known of an album; the more, the surer the result. */
export interface AlbumNames {
  title: string;
  /** The album's artists, or those credited for the tracks heard from it. */
  artist: string;
  year?: number;
  format?: AlbumFormat;
  /** Titles of its tracks: all of them, or those that were heard. */
  tracks?: readonly string[];
}

/**
 * Whether a heard album and an owned one are the same album, in whatever edition. Careful: `same` only where nothing
 * speaks against it, because the two become one by it; `unsure` is for a person to decide. Symmetric.
 */
export function compareAlbums(heard: AlbumNames, owned: AlbumNames): MatchResult {
  const one = albumForm(heard.title, heard.artist);
  const other = albumForm(owned.title, owned.artist);
  const evidence: Evidence = {
    name: relateNames(one.title, other.title),
    version: relateVersions(one.title, other.title),
    artist: relateArtists(heard.artist, owned.artist),
    tracks: relateTracks(heard.tracks, owned.tracks),
    yearGap: heard.year && owned.year ? Math.abs(heard.year - owned.year) : undefined,
  };
  const version = byVersion(evidence, one, other);
  const repeated = isSelfTitled(one, heard.artist) || isSelfTitled(other, owned.artist) || one.common;
  const findings: [MatchDecision, Reason['code'], string?, string?][] = [
    [byName(evidence), `title-${evidence.name}`, heard.title, owned.title],
    [
      byArtist(evidence, one, other, [heard.artist, owned.artist]),
      `artist-${evidence.artist}`,
      heard.artist,
      owned.artist,
    ],
    [version, `version-${evidence.version}`, heard.title, owned.title],
    [byFormat(heard.format ?? one.format, owned.format ?? other.format), 'format', heard.title, owned.title],
    [byYear(evidence, repeated), 'year', heard.year?.toString(), owned.year?.toString()],
  ];
  const reasons = findings.map(([decision, code, a, b]): Reason => ({ code, weight: weightOf(decision), a, b }));
  const settled = settle(
    findings.map(([finding]) => finding),
    evidence,
  );
  return {
    decision: settled === 'same' ? version : settled,
    reasons: [...reasons, { code: `tracks-${evidence.tracks}`, weight: trackWeight(evidence.tracks) }],
  };
}

interface Evidence {
  name: NameRelation;
  version: VersionRelation;
  artist: ArtistRelation;
  tracks: TracksRelation;
  yearGap: number | undefined;
}

/**
 * One finding against decides. Tracks in common settle a doubt, except whether it is the concert of the album, which
 * has the same tracks; tracks that are all foreign make every "same" a doubt.
 */
function settle(findings: MatchDecision[], { tracks }: Evidence): MatchDecision {
  if (findings.includes('different')) return 'different';
  if (tracks === 'foreign') return findings.includes('unsure') ? 'different' : 'unsure';
  return findings.includes('unsure') && tracks !== 'shared' ? 'unsure' : 'same';
}

function byName({ name, artist, yearGap, tracks }: Evidence): MatchDecision {
  if (name === 'same') return 'same';
  if (name === 'other-script') return yearGap === 0 || tracks === 'shared' ? 'unsure' : 'different';
  if (name === 'close') return artist === 'same' ? 'same' : 'unsure';
  return name === 'different' ? 'different' : 'unsure';
}

function byArtist({ artist, name }: Evidence, one: AlbumForm, other: AlbumForm, artists: string[]): MatchDecision {
  const common = one.common || other.common;
  if (artist === 'same') return 'same';
  if (artist === 'credited') return common ? 'unsure' : 'same';
  if (artist === 'various') return byCompilation(name, one, other, artists);
  if (artist === 'different') return 'different';
  return common ? 'different' : 'unsure';
}

/** A compilation or soundtrack is often heard under the name of a track's artist. */
function byCompilation(name: NameRelation, one: AlbumForm, other: AlbumForm, artists: string[]): MatchDecision {
  if (one.common || other.common) return 'different';
  const namesArtist = artists.some((artist) => one.title.core.squeezed.includes(spellingOf(artist).squeezed));
  if (one.score !== other.score || namesArtist) return 'unsure';
  const soundtrack = [one, other].some(({ title }) => title.versions.some((version) => version.kind === 'soundtrack'));
  const distinctive = one.title.core.tokens.length >= 3 || one.title.core.numbers !== '';
  return name === 'same' && (soundtrack || distinctive) ? 'same' : 'unsure';
}

function byVersion({ version, name }: Evidence, one: AlbumForm, other: AlbumForm): MatchDecision {
  if (version === 'conflict') return 'different';
  if (version === 'omitted') {
    if (one.live && other.live) return 'same';
    return [...ownKinds(one.title), ...ownKinds(other.title)].every((kind) => kind === 'live') ? 'unsure' : 'different';
  }
  const another = name !== 'same' && (one.live !== other.live || addsAnotherRecording(one, other));
  return another ? 'different' : 'same';
}

function byFormat(heard: AlbumFormat | undefined, owned: AlbumFormat | undefined): MatchDecision {
  if (heard === owned) return 'same';
  if (heard !== undefined && owned !== undefined) return 'different';
  return heard === 'single' || owned === 'single' ? 'unsure' : 'same';
}

/** Years decide only where an artist may have several albums of the name; reissues make them differ otherwise. */
function byYear({ yearGap }: Evidence, repeated: boolean): MatchDecision {
  return repeated && yearGap !== undefined && yearGap > 1 ? 'unsure' : 'same';
}

function trackWeight(tracks: TracksRelation): number {
  return tracks === 'shared' ? 1 : tracks === 'foreign' ? -1 : 0;
}
