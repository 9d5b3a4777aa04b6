import { trimmed } from '../../text/blank.ts';
import { wellFormed } from '../../text/wellFormed.ts';

/** A playlist as it is exported: names in place of keys. */
export interface ExportedPlaylist {
  name: string;
  /** `null` for a manual one. */
  algorithm: string | null;
  aiPrompt: string | null;
  /** Seconds since the epoch. */
  createdAt: number;
  tracks: ExportedTrack[];
}

export interface ExportedTrack {
  title: string;
  /** In the order of their credit. */
  artists: string[];
  album: string | null;
  year: number | null;
  durationSeconds: number | null;
  /** Why the AI chose it. */
  reason?: string;
}

/** The artists of a track as one line of text. */
export const artistLine = ({ artists }: ExportedTrack): string => artists.join(', ');

export const isoDate = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** Text on one line, without control characters and halves of characters that no file format takes. */
export function plainLine(text: string): string {
  return trimmed(wellFormed(text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu, ' ')));
}
