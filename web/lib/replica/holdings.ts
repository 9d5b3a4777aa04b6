import { isGivableId } from '#shared/primitives/identifiers.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import type { Database } from './database.ts';
import type { Counts, HighestIds, Holdings } from './counts.ts';

/** What a library is counted by. */
export const COUNTED: readonly CollectionName[] = ['artists', 'albums', 'journal', 'playlists', 'rollups', 'revisions'];

interface Numbered {
  id?: unknown;
  tracks?: unknown;
  images?: unknown;
}

/** Counts what is stored here. Reads everything: a second or two for a large library. */
export async function holdingsOf(database: Database, names: readonly CollectionName[]): Promise<Holdings> {
  const documents: Counts['documents'] = {};
  const highest: HighestIds = { artists: 0, albums: 0, tracks: 0, images: 0, listening_history: 0 };
  let listens = 0;
  for (const name of COUNTED.filter((each) => names.includes(each))) {
    const all = await everyDocument(database[name]);
    documents[name] = all.length;
    for (const document of all) {
      if (name === 'journal') listens += readPage(document, highest);
      else if (name === 'artists' || name === 'albums') readArtistOrAlbum(document, name, highest);
    }
  }
  if (names.includes('deletions')) readDeletions(await everyDocument(database.deletions), highest);
  return { documents, listens, highest };
}

/** As much of a collection as reading all of it takes. */
interface ReadableCollection {
  find(): { exec(): Promise<{ toJSON(): unknown }[]> };
}

/** Everything stored in a collection, without what RxDB keeps beside it. */
export async function everyDocument(collection: ReadableCollection): Promise<Record<string, unknown>[]> {
  const documents = await collection.find().exec();
  return documents.map((document) => document.toJSON() as Record<string, unknown>);
}

/** @returns how many listens the page holds, whatever it says it holds. */
function readPage({ i }: { i?: unknown }, highest: HighestIds): number {
  const steps = numbers(i);
  let id = 0;
  for (const step of steps) {
    id += step;
    see(highest, 'listening_history', id);
  }
  return steps.length;
}

/** A listen that was deleted has had its id too. */
function readDeletions(months: readonly Record<string, unknown>[], highest: HighestIds): void {
  for (const id of months.flatMap(({ listens }) => idsOf(listens))) see(highest, 'listening_history', id);
}

function readArtistOrAlbum({ id, tracks, images }: Numbered, name: 'artists' | 'albums', highest: HighestIds): void {
  see(highest, name, Number(id));
  for (const track of idsOf(tracks)) see(highest, 'tracks', track);
  for (const image of idsOf(images)) see(highest, 'images', image);
}

/** What no library gives is damage, and says nothing of what was given. */
function see(highest: HighestIds, table: keyof HighestIds, id: number): void {
  if (isGivableId(id)) highest[table] = Math.max(highest[table], id);
}

const numbers = (value: unknown): number[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'number') : [];
const idsOf = (value: unknown): number[] =>
  Array.isArray(value) ? value.map((each: Numbered | null) => Number(each?.id)) : [];
