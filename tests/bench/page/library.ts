import { createCalendar, type Calendar } from '#shared/journal/calendar.ts';
import { JournalColumns } from '#shared/journal/columns.ts';
import type { JournalPage } from '#shared/journal/page.ts';
import type { AlbumDocument } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';

export interface PulledLibrary {
  journal: JournalColumns;
  albums: AlbumDocument[];
  artists: ArtistDocument[];
  calendar: Calendar;
}

/** The whole library as a device holds it, taken from the server that this page is from. */
export async function pullLibrary(): Promise<PulledLibrary> {
  const [journal, albums, artists] = await Promise.all([
    pull<JournalPage>('journal'),
    pull<AlbumDocument>('albums'),
    pull<ArtistDocument>('artists'),
  ]);
  return { journal: JournalColumns.fromPages(journal), albums, artists, calendar: createCalendar('Europe/Zurich') };
}

async function pull<T extends { id: string }>(collection: string): Promise<T[]> {
  const documents = new Map<string, T>();
  for (let from = '', more = true; more;) {
    const answer = await fetch(`/api/v1/sync/${collection}/pull?limit=1000${from}`);
    const page = (await answer.json()) as { documents: T[]; checkpoint: { epoch: string; seq: number } };
    for (const document of page.documents) documents.set(document.id, document);
    from = `&seq=${page.checkpoint.seq}&epoch=${page.checkpoint.epoch}`;
    more = page.documents.length === 1_000;
  }
  return [...documents.values()];
}
