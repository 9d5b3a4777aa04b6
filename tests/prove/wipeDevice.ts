import assert from 'node:assert/strict';
import type { CollectionName } from '#shared/sync/collections.ts';
import type { SyncState } from '#shared/sync/state.ts';
import { type RunningServer, until as waitFor } from '#tests/kit/serverProcess.ts';
import type { ModelDevice } from './modelDevice.ts';

type Held = { id: string } & Record<string, unknown>;

/** In the app's order: what names others comes after what it names. */
const ORDER: readonly CollectionName[] = ['household', 'artists', 'albums', 'journal', 'rollups', 'playlists', 'intents', 'revisions', 'deletions'];
const MOST_DOCUMENTS = 500;
const MOST_LETTERS = 2_000_000;

/** What a device holds, by collection, as it gives it back. */
export function holdingsOf(device: ModelDevice): Map<CollectionName, Held[]> {
  return new Map(ORDER.map((name) => [name, heldOf(device, name)]));
}

function heldOf(device: ModelDevice, name: CollectionName): Held[] {
  if (name === 'intents') return [...device.intents.values()].filter(({ verdict }) => verdict !== undefined) as unknown as Held[];
  if (name === 'playlists') return [...device.playlists.values()].filter(({ mine }) => !mine._deleted).map(({ mine: { _deleted, ...playlist } }) => playlist as unknown as Held);
  return [...(device.documents.get(name)?.values() ?? [])].map(({ _deleted, ...document }) => document as Held);
}

/** Brings a lost library back from a device, as the app does, and waits until it is served. */
export async function rebuildFrom(server: RunningServer, device: ModelDevice, said: SyncState): Promise<void> {
  assert.equal((await server.get<{ state: string }>('/recovery')).state, 'recovery', 'the server began by itself although its library was lost');
  const holdings = holdingsOf(device);
  const begun = await server.send('POST', '/recovery/rebuild', { libraryId: said.libraryId, deviceId: device.id, epoch: said.epoch, highest: highestIn(holdings) });
  assert.equal(begun.status, 201, JSON.stringify(begun.json));
  await giveBack(server, holdings);
  const finished = await server.send('POST', '/recovery/finish');
  assert.equal(finished.status, 202, JSON.stringify(finished.json));
  await waitFor('the library', () => fetch(`${server.url}/api/v1/recovery`).then((answer) => answer.json() as Promise<{ state: string }>), ({ state }) => state === 'none');
}

/** Gives everything to the server, in batches. @param epoch the life it is of. */
export async function giveBack(server: RunningServer, holdings: ReadonlyMap<CollectionName, readonly Held[]>, epoch?: string): Promise<void> {
  for (const [name, documents] of holdings) {
    for (const batch of batches(documents)) {
      const { status, json } = await server.send('POST', `/recovery/documents/${name}`, { documents: batch, ...(epoch !== undefined && { epoch }) });
      assert.equal(status, 200, JSON.stringify(json));
      assert.deepEqual((json as { refused: unknown[] }).refused.slice(0, 3), []);
    }
  }
}

function* batches(documents: readonly Held[]): Generator<Held[]> {
  let batch: Held[] = [];
  let letters = 0;
  for (const document of documents) {
    const { length } = JSON.stringify(document);
    if (batch.length === MOST_DOCUMENTS || letters + length > MOST_LETTERS) {
      yield batch;
      [batch, letters] = [[], 0];
    }
    batch.push(document);
    letters += length;
  }
  if (batch.length > 0) yield batch;
}

/** The highest ids it holds: none of them is given to anything else. */
function highestIn(holdings: ReadonlyMap<CollectionName, readonly Held[]>): Record<string, number> {
  const highest = (ids: Iterable<number>) => [...ids].reduce((most, id) => Math.max(most, id), 0);
  const albums = holdings.get('albums') ?? [];
  const artists = holdings.get('artists') ?? [];
  const tracks = [...albums, ...artists].flatMap(({ tracks: list }) => (list as { id: number }[]).map(({ id }) => id));
  const listens = (holdings.get('journal') ?? []).flatMap(({ i }) => {
    let sum = 0;
    return (i as number[]).map((step) => (sum += step));
  });
  return { artists: highest(artists.map(({ id }) => Number(id))), albums: highest(albums.map(({ id }) => Number(id))), tracks: highest(tracks), listening_history: highest(listens) };
}
