import * as v from 'valibot';
import { DocumentId, Rating, StoredSeconds, Whole } from '../primitives/identifiers.ts';
import { ImageReference, AccentColour } from './image.ts';
import { Credit, Track } from './track.ts';

/** What albums can be put in order by. */
export const AlbumSorts = ['artist', 'title', 'year', 'added', 'plays', 'lastPlayed', 'rating'] as const;
export type AlbumSort = (typeof AlbumSorts)[number];

/** One copy that stands on the shelf. */
export const Copy = v.object({
  instanceId: v.string(),
  folder: v.nullable(v.string()),
  dateAdded: v.nullable(StoredSeconds),
  rating: v.nullable(Rating),
  /** The owner's fields: media and sleeve condition, notes and those they added. */
  notes: v.array(v.object({ field: v.string(), value: v.string() })),
  /** In words: "2 × Vinyl, LP, Album". */
  format: v.nullable(v.string()),
});
export type Copy = v.InferOutput<typeof Copy>;

const Label = v.object({ name: v.string(), catalogueNumber: v.nullable(v.string()) });
type Label = v.InferOutput<typeof Label>;

const Film = v.object({ title: v.string(), year: v.nullable(Whole), director: v.nullable(v.string()) });
type Film = v.InferOutput<typeof Film>;

const MergedAlbum = v.object({
  id: DocumentId,
  title: v.string(),
  reason: v.string(),
  /** The key of the artist's name under which sources report plays of it; '' for none. Replicas of earlier versions have none. */
  artistKey: v.optional(v.string()),
  /** Its own release at Discogs, where it was one. */
  discogsId: v.optional(v.string()),
});

/**
 * An album with its tracks, pictures and description as the replica holds it.
 * No play counts and no last-played here: they would change with every play, and the journal knows them.
 */
export const AlbumDocument = v.object({
  id: DocumentId,
  title: v.string(),
  year: v.nullable(Whole),
  /** Vinyl, CD, Cassette, SACD, Digital …; null for an album known only from listening. */
  support: v.nullable(v.string()),
  artists: v.array(Credit),
  tracks: v.array(Track),
  images: v.array(ImageReference),
  /** The picture that a person chose, where it is not to be had any more: until it is, the first of the others is shown. */
  missingCover: v.optional(ImageReference),
  lent: v.optional(AccentColour),
  copies: v.array(Copy),
  wanted: v.optional(v.boolean()),
  labels: v.array(Label),
  genres: v.array(v.string()),
  styles: v.array(v.string()),
  discogsId: v.nullable(v.string()),
  /** Discogs' master: pressings that share it form one group whose plays are summed. */
  masterId: v.nullable(v.string()),
  discogsUrl: v.nullable(v.string()),
  spotifyUrl: v.nullable(v.string()),
  haiku: v.nullable(v.string()),
  summary: v.nullable(v.string()),
  film: v.nullable(Film),
  /** When and by which model the description was written. */
  words: v.optional(v.object({ model: v.string(), language: v.string(), writtenAt: StoredSeconds })),
  rating: Rating,
  note: v.nullable(v.string()),
  /** When it first came into the library: the oldest copy's date, else the first time it was heard. */
  addedAt: v.nullable(StoredSeconds),
  /** Ids of albums that were merged into this one by hand or by matching, with why; each can be taken out again. `reason`: `by-hand`, `artists-became-one`, or `same-record` and the codes of matching's reasons. */
  merged: v.optional(v.array(MergedAlbum)),
});
export type AlbumDocument = v.InferOutput<typeof AlbumDocument>;

/** All that an album must have, while nothing is known of it. */
export const UNKNOWN_ALBUM = {
  title: '',
  year: null,
  support: null,
  artists: [],
  tracks: [],
  images: [],
  copies: [],
  labels: [],
  genres: [],
  styles: [],
  discogsId: null,
  masterId: null,
  discogsUrl: null,
  spotifyUrl: null,
  haiku: null,
  summary: null,
  film: null,
  rating: 0,
  note: null,
  addedAt: null,
} satisfies Omit<AlbumDocument, 'id'>;

/** An album is owned while at least one copy of it stands on the shelf. */
export const isOwned = (album: Pick<AlbumDocument, 'copies'>): boolean => album.copies.length > 0;
