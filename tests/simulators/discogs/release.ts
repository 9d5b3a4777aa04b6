/** The pieces of Discogs' answer that a simulated release is made of; what is not set here is empty in the answer. */
export interface SimulatedArtist {
  id: number;
  /** With its number where it has namesakes: "Ada Nordlund (2)". */
  name: string;
  /** The name as printed on this release; '' for the same. */
  anv?: string;
  join?: string;
}

export interface SimulatedFormat {
  name: string;
  /** Text, as Discogs sends it. */
  qty: string;
  descriptions?: string[];
  text?: string;
}

export interface SimulatedLine {
  position: string;
  type_: 'track' | 'heading' | 'index';
  title: string;
  /** '' when nobody knows it. */
  duration: string;
  artists?: SimulatedArtist[];
  sub_tracks?: SimulatedLine[];
}

export interface SimulatedRelease {
  id: number;
  /** 0 for none. */
  masterId: number;
  /** The master's year. */
  originalYear: number;
  title: string;
  /** 0 for unknown. */
  year: number;
  artists: SimulatedArtist[];
  labels: { id: number; name: string; catno: string }[];
  formats: SimulatedFormat[];
  genres: string[];
  styles: string[];
  /** An absolute address, the spacer's, or ''. */
  coverUrl: string;
  thumbUrl: string;
  tracklist: SimulatedLine[];
  /** Perhaps in part: "1992-00-00". */
  released: string;
  country: string;
  barcode: string;
}

/** One copy on the shelf. */
export interface SimulatedCopy {
  instanceId: number;
  releaseId: number;
  folderId: number;
  /** 0 to 5. */
  rating: number;
  /** Seconds since the epoch. */
  dateAdded: number;
  notes: { field_id: number; value: string }[];
}

export interface SimulatedWant {
  releaseId: number;
  rating: number;
  notes: string;
  dateAdded: number;
}
