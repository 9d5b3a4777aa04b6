import type { Listen } from '#shared/journal/listen.ts';
import { Catalogue } from '../catalogue.ts';
import { JournalStore } from '../journal.ts';
import type { JournalView } from '../types.ts';
import { album, artist, silent, track } from './documents.ts';

/** 22 November 2026, 12:00 in Zurich. */
export const NOON = Date.UTC(2026, 10, 22, 11) / 1_000;
export const DAY = 86_400;

export const listen = (
  id: number,
  playedAt: number,
  trackId: number,
  ownerId: number,
  more: Partial<Listen> = {},
): Listen => ({
  id,
  playedAt,
  trackId,
  ownerId,
  source: 'lastfm',
  witnesses: 1,
  ...more,
});

/** A journal without listens, in Zurich, of a catalogue with two albums and a track of none. */
export function journalForTest(): { catalogue: Catalogue; journal: JournalStore } {
  const catalogue = new Catalogue(silent());
  catalogue.setAlbums({
    documents: [
      album('1', 'One', {
        tracks: [track(11, 'A', { durationSeconds: 120, loved: true }), track(12, 'B', { durationSeconds: 180 })],
      }),
      album('2', 'Twö', {
        tracks: [track(21)],
        artists: [{ id: '8', name: 'Ílo' }],
        year: 1974,
        support: 'Vinyl',
        genres: ['Jazz'],
        styles: ['Modal'],
        labels: [{ name: 'ECM', catalogueNumber: null }],
      }),
    ],
    removed: [],
  });
  catalogue.setArtists({ documents: [artist('9', 'Loose', { tracks: [track(91)] })], removed: [] });
  const journal = new JournalStore(catalogue, silent());
  journal.setTimeZone('Europe/Zurich');
  return { catalogue, journal };
}

/** The days as a page shows them: each with its runs, an album's id and the listens' after it. */
export const shape = (view: JournalView): unknown[] =>
  Array.from({ length: view.dayCount }, (_, index) => {
    const day = view.day(index)!;
    return [day.date, ...day.runs.map((run) => [run.albumId, ...run.listens.map(({ id }) => id)])];
  });
