import assert from 'node:assert/strict';
import { type CollectionName, REFERRED_FIRST } from '#shared/sync/collections.ts';
import type { SyncState } from '#shared/sync/state.ts';
import { type RunningServer, until as waitFor } from '#tests/kit/serverProcess.ts';
import type { ModelDevice } from './modelDevice.ts';

type Held = { id: string } & Record<string, unknown>;

const MOST_DOCUMENTS = 500;
const MOST_LETTERS = 2_000_000;

/** What a device holds, by collection, as it gives it back. */
export function holdingsOf(device: ModelDevice): Map<CollectionName, Held[]> {
  return new Map(REFERRED_FIRST.map((name) => [name, heldOf(device, name)]));
}

function heldOf(device: ModelDevice, name: CollectionName): Held[] {
  if (name === 'intents') return [...device.mutations.values()].filter(({ verdict: result }) => result !== undefined);
  if (name === 'playlists')
    return [...device.playlists.values()]
      .filter(({ mine }) => !mine._deleted)
      .map(({ mine: { _deleted, ...playlist } }) => playlist as unknown as Held);
  return [...(device.documents.get(name)?.values() ?? [])].map(({ _deleted, ...document }) => document as Held);
}

/**
 * Brings a lost library back from a device, as the app does, and waits until it is served. In the midst the server is killed, and
 * another device asks for the same.
 *
 * @returns the server that serves it.
 */
export async function rebuildFrom(
  lost: RunningServer,
  device: ModelDevice,
  other: ModelDevice,
  said: SyncState,
): Promise<RunningServer> {
  assert.equal(
    (await lost.get<{ state: string }>('/recovery')).state,
    'recovery',
    'the server began by itself although its library was lost',
  );
  await begin(lost, device, said);
  const all = [...holdingsOf(device)].flatMap(([name, documents]) =>
    [...batches(documents)].map((batch) => [name, batch] as const),
  );
  const half = Math.floor(all.length / 2);
  for (const [name, batch] of all.slice(0, half)) await give(lost, name, batch);
  const cut = Promise.allSettled([give(lost, ...all[half]!)]);
  await lost.kill();
  await cut;
  const server = await lost.restart();
  assert.equal(
    (await server.get<{ state: string }>('/recovery')).state,
    'rebuilding',
    'what had been given was forgotten',
  );
  await begin(server, other, said);
  // Its answer was lost on the way: it is given again.
  for (const [name, batch] of all.slice(half)) await give(server, name, batch);
  const finished = await server.send('POST', '/recovery/finish');
  assert.equal(finished.status, 202, JSON.stringify(finished.json));
  await waitFor(
    'the library',
    () => fetch(`${server.url}/api/v1/recovery`).then((answer) => answer.json() as Promise<{ state: string }>),
    ({ state }) => state === 'none',
  );
  return server;
}

async function begin(server: RunningServer, device: ModelDevice, { libraryId, epoch }: SyncState): Promise<void> {
  const { status, json } = await server.send('POST', '/recovery/rebuild', {
    libraryId,
    deviceId: device.id,
    epoch,
    highest: highestIn(holdingsOf(device)),
  });
  assert.equal(status, 201, JSON.stringify(json));
}

/** Gives everything to the server, in batches. @param epoch the life it is of. */
export async function uploadHoldings(
  server: RunningServer,
  holdings: ReadonlyMap<CollectionName, readonly Held[]>,
  epoch?: string,
): Promise<void> {
  for (const [name, documents] of holdings)
    for (const batch of batches(documents)) await give(server, name, batch, epoch);
}

async function give(
  server: RunningServer,
  name: CollectionName,
  documents: readonly Held[],
  epoch?: string,
): Promise<void> {
  const { status, json } = await server.send('POST', `/recovery/documents/${name}`, {
    documents,
    ...(epoch !== undefined && { epoch }),
  });
  assert.equal(status, 200, JSON.stringify(json));
  assert.deepEqual((json as { refused: unknown[] }).refused.slice(0, 3), []);
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
  return {
    artists: highest(artists.map(({ id }) => Number(id))),
    albums: highest(albums.map(({ id }) => Number(id))),
    tracks: highest(tracks),
    listening_history: highest(listens),
  };
}
