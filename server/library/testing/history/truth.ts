import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { Analysis } from '#shared/analytics/analysis.ts';
import { LibraryIndex } from '#shared/analytics/libraryIndex.ts';
import { ALL_TIME } from '#shared/analytics/period.ts';
import type { MonthlyRollup } from '#shared/analytics/rollup.ts';
import { tallyTracks } from '#shared/analytics/tally.ts';
import { createCalendar } from '#shared/journal/calendar.ts';
import { decodePage } from '#shared/journal/codec.ts';
import { JournalColumns } from '#shared/journal/columns.ts';
import type { JournalPage } from '#shared/journal/page.ts';
import type { AlbumDocument } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import { textKey } from '#shared/matching/identity.ts';
import { type LibraryUnderTest, TIME_ZONE } from './libraryUnderTest.ts';
import { replicaOf } from '../library.ts';

interface ReportRow {
  id: number;
  source: string;
  source_key: string;
  played_at: number;
  title: string;
  state: string;
  listen_id: number | null;
}

/**
 * Compares a library with what it was given: everything a source reported and a person wrote must be found again by its names and
 * moments, in what a fresh device pulls, in the archive, or among what a person took away.
 *
 * @returns a message for each thing that is missing or differs; empty when all is there.
 */
export function untruths(subject: LibraryUnderTest): string[] {
  const db = new Libsql(subject.library.file);
  try {
    const rows = db
      .prepare('SELECT id, source, source_key, played_at, title, state, listen_id FROM scrobbles')
      .all() as ReportRow[];
    return [...heardUntruths(subject, rows), ...countUntruths(subject, db), ...writtenUntruths(subject, db)];
  } finally {
    db.close();
  }
}

const documentsOf = <T>(subject: LibraryUnderTest, collection: string): T[] =>
  [...replicaOf(subject.library)].flatMap(([key, document]) =>
    key.startsWith(`${collection}:`) ? [document as T] : [],
  );

interface Heard {
  playedAt: number;
  title: string | undefined;
}

function heardUntruths(subject: LibraryUnderTest, rows: readonly ReportRow[]): string[] {
  const { reported, deleted, withdrawn } = subject.memory;
  const heard = heardOf(subject);
  const archived = archivedKeys(subject);
  const stored = new Set(rows.map(({ source, source_key: key }) => `${source} ${key}`));
  const untruths = [...reported.keys()]
    .filter((key) => !stored.has(key))
    .map((key) => `${key} is not recorded any more`);
  for (const row of rows) {
    const name = `${row.source} ${row.source_key} (${row.title})`;
    const together = rows.filter(
      (other) => other === row || (other.listen_id !== null && other.listen_id === row.listen_id),
    );
    if (row.state === 'deleted' && !together.some(({ id }) => deleted.has(id)))
      untruths.push(`${name} was deleted, and nobody did that`);
    if (row.state === 'withdrawn' && !withdrawn.has(row.source_key.slice(0, row.source_key.lastIndexOf(':'))))
      untruths.push(`${name} was taken back, and nobody did that`);
    if (
      row.state === 'archived' &&
      !archived.has(`${row.source} ${row.source_key}`) &&
      !together.some((other) => archived.has(`${other.source} ${other.source_key}`))
    ) {
      untruths.push(`${name} is said to be archived, and no file has it`);
    }
    if (row.state !== 'resolved') continue;
    const listen = heard.get(row.listen_id!);
    const sourceReports = together.filter(({ state }) => state === 'resolved');
    if (listen === undefined) untruths.push(`${name} is in no page of the journal`);
    else if (!sourceReports.some(({ played_at: at }) => at === listen.playedAt))
      untruths.push(`${name} is heard at ${listen.playedAt}, which nobody reported`);
    else if (!sourceReports.some(({ title }) => textKey(title) === textKey(listen.title ?? '')))
      untruths.push(`${name} is shown as ${listen.title ?? 'a track that no document carries'}`);
  }
  return untruths;
}

/** Every listen of a fresh device, with the title that its track's document gives it. */
function heardOf(subject: LibraryUnderTest): Map<number, Heard> {
  const library = LibraryIndex.from(
    documentsOf<AlbumDocument>(subject, 'albums'),
    documentsOf<ArtistDocument>(subject, 'artists'),
  );
  const listens = documentsOf<JournalPage>(subject, 'journal').flatMap((page) => decodePage(page));
  return new Map(listens.map(({ id, playedAt, trackId }) => [id, { playedAt, title: library.track(trackId)?.title }]));
}

function archiveTexts({ archive }: LibraryUnderTest): string[] {
  try {
    return readdirSync(archive)
      .filter((name) => name.endsWith('.jsonl'))
      .flatMap((name) => readFileSync(join(archive, name), 'utf8').trim().split('\n').slice(1, -1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

const archivedKeys = (subject: LibraryUnderTest): Set<string> =>
  new Set(
    archiveTexts(subject)
      .map((line) => JSON.parse(line) as { witnesses: { source: string; sourceKey: string }[] })
      .flatMap(({ witnesses: sourceReports }) =>
        sourceReports.map(({ source, sourceKey }) => `${source} ${sourceKey}`),
      ),
  );

/** SQL, the replica and what analytics counts on it speak of equally many listens. */
function countUntruths(subject: LibraryUnderTest, db: Libsql.Database): string[] {
  const counted = (sql: string) => Object.values((db.prepare(sql).all() as Record<string, number>[])[0]!)[0]!;
  const [listens, archived] = [
    counted('SELECT count(*) FROM listening_history'),
    counted('SELECT count(*) FROM archived_listens'),
  ];
  const journal = JournalColumns.fromPages(documentsOf<JournalPage>(subject, 'journal'));
  const library = LibraryIndex.from(
    documentsOf<AlbumDocument>(subject, 'albums'),
    documentsOf<ArtistDocument>(subject, 'artists'),
  );
  const rollups = documentsOf<MonthlyRollup>(subject, 'rollups');
  const { total, byTrack } = tallyTracks(
    new Analysis({ journal, library, calendar: createCalendar(TIME_ZONE), rollups }),
    ALL_TIME,
  );
  const ofTracks = byTrack.reduce((sum, count) => sum + count, 0);
  return [
    ['the replica holds', journal.length, listens],
    ['analytics counts', total, listens + archived],
    ['the tracks of the library are heard', ofTracks, listens + archived],
  ].flatMap(([what, found, expected]) => (found === expected ? [] : [`${what} ${found} listens of ${expected}`]));
}

/** Every place that can hold text which a person wrote. */
const WRITTEN = `
  SELECT note AS text FROM listening_history WHERE note IS NOT NULL UNION ALL SELECT note FROM albums WHERE note IS NOT NULL
  UNION ALL SELECT listen FROM deleted_listens UNION ALL SELECT snapshot FROM album_merges`;

function writtenUntruths(subject: LibraryUnderTest, db: Libsql.Database): string[] {
  const places = [
    ...(db.prepare(WRITTEN).all() as { text: string }[]).map(({ text }) => text),
    ...archiveTexts(subject),
  ];
  return [...subject.memory.written]
    .filter((text) => !places.some((place) => place.includes(text)))
    .map((text) => `"${text}" is nowhere any more`);
}
