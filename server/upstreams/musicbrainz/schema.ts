import * as v from 'valibot';
import {
  boundedText,
  looseList,
  looseText,
  requiredList,
  textOrNull,
  wholeOrNull,
} from '#server/kit/http/responseSchema.ts';

/** A release group is an album whatever its editions; a release is one edition. */
export interface MusicBrainzCandidate {
  mbid: string;
  title: string;
  /** The whole credit in one line, as printed. */
  credit: string;
  artists: string[];
  /** How sure MusicBrainz' search is: 0 to 100. */
  score: number;
  year: number | null;
  /** Album, Single, EP … where given. */
  primaryType: string | null;
  /** Of a release: the group it belongs to. */
  releaseGroupMbid: string | null;
}

const MBID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isMbid = (text: string): boolean => MBID.test(text);

const Mbid = v.pipe(v.string(), v.regex(MBID));
const Name = v.pipe(looseText, v.nonEmpty());

/** Dates are partial: "1992", "1992-03", "1992-03-15", "". */
const DateYear = v.pipe(
  looseText,
  v.transform((date) => {
    const year = Number(/^(\d{4})(?:-|$)/.exec(date)?.[1] ?? 0);
    return year >= 1000 ? year : null;
  }),
);

/** Join phrases carry their own spaces, so they are not trimmed. */
const CreditPart = v.object({ name: Name, joinphrase: v.fallback(v.string(), '') });

const Group = v.fallback(
  v.object({ id: v.optional(v.nullable(Mbid), null), 'primary-type': v.optional(textOrNull, null) }),
  {
    id: null,
    'primary-type': null,
  },
);

const entries = {
  id: Mbid,
  title: Name,
  score: v.optional(wholeOrNull, 0),
  'artist-credit': v.optional(looseList(CreditPart), []),
  'primary-type': v.optional(textOrNull, null),
};

function candidate(
  raw: v.InferOutput<v.ObjectSchema<typeof entries, undefined>>,
): Omit<MusicBrainzCandidate, 'year' | 'releaseGroupMbid'> {
  const parts = raw['artist-credit'];
  return {
    mbid: raw.id.toLowerCase(),
    title: raw.title,
    credit: boundedText(
      parts
        .map(({ name, joinphrase }) => `${name}${joinphrase}`)
        .join('')
        .trim(),
    ),
    artists: parts.map(({ name }) => name),
    score: Math.min(100, Math.max(0, raw.score ?? 0)),
    primaryType: raw['primary-type'],
  };
}

export const ReleaseGroupsAnswer = v.object({
  'release-groups': requiredList(
    v.pipe(
      v.object({ ...entries, 'first-release-date': v.optional(DateYear, '') }),
      v.transform((raw): MusicBrainzCandidate => ({
        ...candidate(raw),
        year: raw['first-release-date'],
        releaseGroupMbid: null,
      })),
    ),
  ),
});

export const ReleasesAnswer = v.object({
  releases: requiredList(
    v.pipe(
      v.object({ ...entries, date: v.optional(DateYear, ''), 'release-group': v.optional(Group, {}) }),
      v.transform((raw): MusicBrainzCandidate => {
        const group = raw['release-group'];
        return {
          ...candidate(raw),
          primaryType: group['primary-type'],
          year: raw.date,
          releaseGroupMbid: group.id?.toLowerCase() ?? null,
        };
      }),
    ),
  ),
});

/** One track of an edition, in seconds where its length is given. */
export interface MusicBrainzTrack {
  title: string;
  /** As printed: "A1", "3". */
  position: string | null;
  durationSeconds: number | null;
}

const MILLISECONDS_OF_DAY = 86_400_000;

const TrackSchema = v.pipe(
  v.object({ title: Name, number: v.optional(textOrNull, null), length: v.optional(wholeOrNull, null) }),
  v.transform(({ title, number, length }): MusicBrainzTrack => ({
    title,
    position: number,
    durationSeconds:
      length !== null && length > 0 && length <= MILLISECONDS_OF_DAY ? Math.max(1, Math.round(length / 1000)) : null,
  })),
);

/** An edition with `inc=recordings`: its carriers, each with its tracks. */
export const ReleaseTracksAnswer = v.object({
  media: requiredList(v.object({ tracks: v.optional(looseList(TrackSchema), []) })),
});

export const Complaint = v.object({ error: Name });
