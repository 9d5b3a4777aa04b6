import * as v from 'valibot';
import { Count, Whole } from '../primitives/identifiers.ts';

/** The figures of analytics. Moments are seconds since the epoch; null has no end, or none. */
const Moment = v.nullable(Whole);
const Hour = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(24));
const Artist = v.object({ artistId: Whole, name: v.string() });
export const Period = v.object({ from: Moment, to: Moment });

export const TopArtist = v.object({ ...Artist.entries, listens: Count });
export const TopAlbum = v.object({
  albumId: Whole,
  title: v.string(),
  artists: v.array(Artist),
  listens: Count,
  otherPressings: v.array(Whole),
});
export const TopTrack = v.object({
  trackId: Whole,
  title: v.string(),
  albumId: v.nullable(Whole),
  artists: v.array(Artist),
  listens: Count,
});

export const Overview = v.object({
  listens: Count,
  /** What was heard plays for so long, known and estimated lengths together; so much of it is estimated, of so many listens. */
  seconds: Count,
  estimatedSeconds: Count,
  withoutDuration: Count,
  tracks: Count,
  lovedTracks: Count,
  albums: Count,
  artists: Count,
  days: Count,
});
const HourWindow = v.nullable(v.object({ from: Hour, to: Hour, share: v.number() }));
const lead = {
  now: Overview,
  before: v.nullable(Overview),
  /** What `before` is of: the period before, or of one that is still running as much of it as has passed; `whole` says which. */
  comparedWith: v.nullable(v.object({ ...Period.entries, whole: v.boolean() })),
  hours: HourWindow,
  mostly: v.nullable(
    v.object({ kind: v.picklist(['owned', 'streamed']), support: v.nullable(v.string()), share: v.number() }),
  ),
  newAlbums: Count,
  topArtist: v.nullable(TopArtist),
  topAlbum: v.nullable(TopAlbum),
};
export const Bucket = v.object({ key: v.string(), from: Moment, to: Moment, listens: Count });
export const Share = v.object({ key: v.nullable(v.string()), listens: Count });
const Streak = v.nullable(v.object({ days: Count, first: v.string(), last: v.string() }));
/** `estimatedSeconds` of its end are, where the length of the play that ends it is unknown. */
export const Session = v.object({ start: Whole, end: Whole, listens: Count, estimatedSeconds: Count });
const discoveries = {
  tracks: Count,
  albums: Count,
  artists: Count,
  listensToNew: Count,
  listensToKnown: Count,
  newArtists: v.array(v.object({ ...TopArtist.entries, firstHeard: Moment })),
  newAlbums: v.array(v.object({ ...TopAlbum.entries, firstHeard: Moment })),
};
export const Comeback = v.object({ ...Artist.entries, lastHeard: Whole, returnedAt: Whole, listens: Count });
const ownership = { owned: v.array(v.object({ support: v.nullable(v.string()), listens: Count })), streamed: Count };

/** What every answer says first: the household's zone, and which stretch of time the figures are of. */
const of = { timezone: v.string(), period: Period };

export const Figures = {
  overview: v.object({ ...of, ...lead }),
  tops: v.object({
    ...of,
    artists: v.optional(v.array(TopArtist)),
    albums: v.optional(v.array(TopAlbum)),
    tracks: v.optional(v.array(TopTrack)),
  }),
  series: v.object({ ...of, unit: v.string(), items: v.array(Bucket) }),
  heatmap: v.object({ ...of, weekdays: v.array(v.array(Count)), most: Count }),
  clock: v.object({
    ...of,
    hours: v.array(Count),
    weekdays: v.array(Count),
    peakHour: v.nullable(Hour),
    mainHours: HourWindow,
  }),
  calendar: v.object({ timezone: v.string(), year: Whole, counts: v.array(Count), most: Count }),
  streaks: v.object({ ...of, current: Streak, longest: Streak }),
  discoveries: v.object({ ...of, ...discoveries }),
  comebacks: v.object({ ...of, items: v.array(Comeback) }),
  breakdown: v.object({ ...of, items: v.array(Share) }),
  ownership: v.object({ ...of, ...ownership }),
  sessions: v.object({
    ...of,
    longest: v.nullable(Session),
    items: v.array(Session),
    total: Count,
    page: Count,
    pageSize: Count,
    pages: Count,
  }),
  onThisDay: v.object({
    timezone: v.string(),
    date: v.string(),
    items: v.array(v.object({ day: v.string(), listens: Count, album: v.nullable(TopAlbum) })),
  }),
  neverPlayed: v.object({ albumId: Whole, title: v.string(), artists: v.array(Artist) }),
  year: v.object({
    timezone: v.string(),
    year: Whole,
    /** False while the year is not over: the figures are of what there is of it so far. */
    whole: v.boolean(),
    period: Period,
    lead: v.object(lead),
    artists: v.array(TopArtist),
    albums: v.array(TopAlbum),
    tracks: v.array(TopTrack),
    months: v.array(v.object({ ...Bucket.entries, album: v.nullable(TopAlbum), artist: v.nullable(TopArtist) })),
    busiestDay: v.nullable(v.object({ day: v.string(), listens: Count })),
    peakHour: v.nullable(Hour),
    peakWeekday: v.nullable(Count),
    clock: v.array(Count),
    longestStreak: Streak,
    longestSession: v.nullable(Session),
    discoveries: v.object(discoveries),
    comebacks: v.array(Comeback),
    decades: v.array(Share),
    genres: v.array(Share),
    ownership: v.object(ownership),
  }),
};
