import type { Missing } from '../../kit/absence.ts';

/** An artist in a release's credit, as Discogs has it. */
export interface CreditFacts {
  /** Discogs' own id; null for one it gives none. */
  discogsId: string | null;
  /** With the " (2)" that distinguishes namesakes. */
  name: string;
  creditedAs: string;
  join: string;
}

/** What a list of releases says of each. */
export interface ReleaseFacts {
  discogsId: string;
  masterId: string | null;
  title: string;
  year: number | null;
  support: string | null;
  artists: readonly CreditFacts[];
  labels: readonly { name: string; catalogueNumber: string | null }[];
  genres: readonly string[];
  styles: readonly string[];
  /** As Discogs describes them, for keeping. */
  formats: unknown;
  coverUrl: string | null;
  discogsUrl: string;
}

/** A line of a tracklist, sub-tracks following their index. */
export interface TrackFacts {
  kind: 'heading' | 'index' | 'sub-track' | null;
  position: string | null;
  title: string;
  durationSeconds: number | null;
  artists: readonly CreditFacts[];
}

export interface DetailFacts {
  tracks: readonly TrackFacts[];
  imageUrls: readonly string[];
  /** Of this pressing. */
  year: number | null;
}

/** A copy on the shelf as an import brings it. */
export interface CopyFacts {
  instanceId: string;
  /** True where it was not read as its owner: what was known of folder, rating and notes stays. */
  publicPart?: boolean;
  folderId: string | null;
  dateAdded: number | null;
  rating: number;
  /** The owner's fields by their ids; named when the fields are known. */
  notes: { fieldId: string; value: string }[];
  format: string | null;
  release: ReleaseFacts;
}

export interface ImportCounts {
  added: number;
  changed: number;
  unchanged: number;
}

/** What is owned and wanted. Every method is one transaction. */
export interface Shelf {
  /**
   * True where the number of an artist who is credited on a copy or on the wantlist is not known: a library that was brought back from a device of
   * an earlier version has none. Until the lists gave them, a record may go to a namesake.
   */
  lacksNumbers(): boolean;
  /** Learns the numbers of the artists of releases that are here; nothing is made, moved or marked seen. */
  knowArtists(releases: readonly ReleaseFacts[]): void;
  nameFolders(folders: readonly { id: string; name: string }[]): void;
  nameFields(fields: readonly { id: string; name: string; position: number }[]): void;
  /** Takes over copies, once each by `instanceId`, and marks them seen in this pass. */
  takeCopies(copies: readonly CopyFacts[], pass: string): ImportCounts & { albumIds: number[] };
  /** Which copies this pass did not see, of how many. */
  unseen(pass: string): Missing;
  /** After a pass that read every page: copies it did not see are sold. @returns how many. */
  removeUnseen(pass: string): number;
  takeWants(releases: readonly ReleaseFacts[], pass: string): { albumIds: number[] };
  /** The same of what is wanted. */
  unseenWants(pass: string): Missing;
  removeUnseenWants(pass: string): void;
  /** Has heard and owned albums made one where they surely are: soon, one after another. */
  joinHeard(albumIds: readonly number[]): void;
  /** A release's tracklist and pictures. */
  writeDetails(albumId: number, details: DetailFacts): void;
}
