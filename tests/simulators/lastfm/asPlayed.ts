import type { CatalogueRecord, CatalogueTrack } from '../catalogue/record.ts';
import type { SimulatedTrack } from './playHistory.ts';

/** A track of a record in the names that Last.fm would state. */
export function asPlayed(record: CatalogueRecord, track: CatalogueTrack): SimulatedTrack {
  return {
    artist: track.artist ?? record.artist,
    title: track.title,
    album: record.title,
    durationSeconds: track.seconds,
  };
}
