import type { ArtistRelation } from './artists.ts';
import { relateArtists } from './artists.ts';
import type { MatchResult } from './matchResult.ts';
import { relateDurations } from './listenTimes.ts';
import type { MatchDecision } from './reasons.ts';
import { weightOf } from './sameArtist.ts';
import { relateNames, relateVersions, titleForm } from './titles.ts';

export interface TrackNames {
  artist: string;
  title: string;
  durationSeconds?: number;
}

/** Whether two names mean one recording: masterings are one, a concert, a remix, a demo are others. */
export function sameTrack(a: TrackNames, b: TrackNames): MatchResult {
  const artist = relateArtists(a.artist, b.artist);
  const one = titleForm(a.title);
  const other = titleForm(b.title);
  const name = relateNames(one, other);
  const version = relateVersions(one, other);
  const duration = relateDurations(a.durationSeconds, b.durationSeconds);
  const findings: MatchDecision[] = [
    ofArtist(artist),
    name === 'same' ? 'same' : name === 'different' ? 'different' : 'unsure',
    version === 'same' || version === 'dress' ? 'same' : 'different',
    duration === 'far' ? 'unsure' : 'same',
  ];
  const [forArtist = 'unsure', forName = 'unsure', forVersion = 'unsure', forDuration = 'unsure'] = findings;
  return {
    decision: findings.includes('different') ? 'different' : findings.includes('unsure') ? 'unsure' : 'same',
    reasons: [
      { code: `title-${name}`, weight: weightOf(forName), a: a.title, b: b.title },
      { code: `version-${version}`, weight: weightOf(forVersion), a: a.title, b: b.title },
      { code: `artist-${artist}`, weight: weightOf(forArtist), a: a.artist, b: b.artist },
      { code: `duration-${duration}`, weight: weightOf(forDuration) },
    ],
  };
}

/**
 * Whether what a search answered is what was asked for, so that its cover or link can be taken. An edition of the
 * album or a mastering of the track will do; another recording, another artist or a doubtful name will not.
 */
export function believableMatch(asked: TrackNames, answered: TrackNames): boolean {
  const one = titleForm(asked.title);
  const other = titleForm(answered.title);
  const artist = relateArtists(asked.artist, answered.artist);
  const version = relateVersions(one, other);
  const name = relateNames(one, other);
  const named = artist === 'same' || artist === 'credited';
  const sure = name === 'same' || (name === 'close' && artist === 'same');
  return named && sure && (version === 'same' || version === 'dress');
}

function ofArtist(relation: ArtistRelation): MatchDecision {
  if (relation === 'same' || relation === 'credited') return 'same';
  return relation === 'different' ? 'different' : 'unsure';
}
