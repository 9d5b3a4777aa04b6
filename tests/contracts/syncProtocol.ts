import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { PULL_LIMIT, type Checkpoint } from '#shared/sync/checkpoint.ts';
import { collectionNames, type CollectionName } from '#shared/sync/collections.ts';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import type { MutationDocument } from '#shared/mutations/document.ts';
import type { PushRow } from '#shared/sync/protocol.ts';
import type { StreamEvent } from '#shared/sync/stream.ts';
import type { Transport } from '../../web/lib/replica/transport.ts';

/** A server that keeps devices in step: the real one, or what stands for it where devices are tried without one. */
export interface SyncServer {
  /** How this device speaks with it. */
  transport(deviceId: string): Transport;
  /** Has one more album in its library. @returns its id */
  addAlbum(): string | Promise<string>;
}

const { signal } = new AbortController();
const uuid = (): string => crypto.randomUUID();

function playlist(more: Partial<PlaylistDocument> = {}): PlaylistDocument {
  const at = Math.floor(Date.now() / 1000);
  const named = { name: 'Rain', algorithm: null, aiPrompt: null, createdAt: at, updatedAt: at, entries: [] };
  return { id: uuid(), ...named, ...more };
}

const row = (document: object, assumed?: object): PushRow => ({
  newDocumentState: document as PushRow['newDocumentState'],
  ...(assumed && { assumedMasterState: assumed as PushRow['assumedMasterState'] }),
});

/** The sync contract of every server. The replica is tested against the fake one, and used with the real one. */
export function describeSyncProtocol(name: string, open: () => SyncServer | Promise<SyncServer>): void {
  describe(`${name} keeps devices in step`, () => {
    let server: SyncServer;
    let here: Transport;
    let device: string;

    beforeEach(async () => {
      server = await open();
      device = uuid();
      here = server.transport(device);
    });

    const rating = (albumId: string): MutationDocument => ({
      id: uuid(),
      deviceId: device,
      number: 1,
      madeAt: Date.now(),
      intent: { kind: 'rate-album', albumId, rating: 4 },
    });
    const pull = (collection: CollectionName, from: Checkpoint | null, limit = 100, by = here) =>
      by.pull(collection, from, limit, signal);
    const push = (collection: CollectionName, rows: PushRow[], by = here) => by.push(collection, rows, signal);
    const epochNow = async () => (await here.state(signal)).epoch;

    describe('a pull', () => {
      it('comes in pages, each change once, and a short page only at the end', async () => {
        const lists = [1, 2, 3, 4, 5].map(() => playlist());
        await push(
          'playlists',
          lists.map((list) => row(list)),
        );
        const ids: string[] = [];
        const sizes: number[] = [];
        let from: Checkpoint | null = null;
        do {
          const { documents, checkpoint } = await pull('playlists', from, 2);
          sizes.push(documents.length);
          ids.push(...documents.map(({ id }) => id));
          expect(checkpoint.seq).toBeGreaterThan(from?.seq ?? 0);
          from = checkpoint;
        } while (sizes.at(-1) === 2);
        expect(sizes).toEqual([2, 2, 1]);
        expect([...ids].sort()).toEqual(lists.map(({ id }) => id).sort());
      });

      it('stays where it is when there is nothing more', async () => {
        await push('playlists', [row(playlist()), row(playlist())]);
        const whole = await pull('playlists', null, 2);
        expect(whole.documents).toHaveLength(2);
        expect(await pull('playlists', whole.checkpoint, 2)).toMatchObject({
          documents: [],
          checkpoint: whole.checkpoint,
        });
      });

      it('of more than may be asked for, or of nothing, is refused and not cut', async () => {
        for (const limit of [PULL_LIMIT + 1, 0])
          await expect(pull('playlists', null, limit)).rejects.toMatchObject({ status: 400, field: 'limit' });
        await expect(pull('playlists', null, PULL_LIMIT)).resolves.toMatchObject({ documents: [] });
      });

      it('from another life of the library is refused', async () => {
        await expect(pull('playlists', { epoch: 'another', seq: 1 })).rejects.toMatchObject({
          status: 409,
          kind: 'stale-epoch',
        });
      });

      it('from beyond what the library has come to begins another life of it: it is an older copy', async () => {
        const epoch = await epochNow();
        await expect(pull('playlists', { epoch, seq: 1_000_000 })).rejects.toMatchObject({
          status: 409,
          kind: 'stale-epoch',
        });
        expect(await epochNow()).not.toBe(epoch);
      });
    });

    describe('a push', () => {
      it('of a mutation is applied once, and says how far the feed must come to show it', async () => {
        const albumId = await server.addAlbum();
        const before = (await pull('albums', null)).checkpoint;
        const document = rating(albumId);
        expect(await push('intents', [row(document)])).toMatchObject({ conflicts: [], refused: [] });
        const again = await push('intents', [row(document)]);
        expect(again.conflicts).toMatchObject([{ id: document.id, verdict: { state: 'applied' } }]);
        const { documents } = await pull('intents', null);
        expect(documents).toHaveLength(1);
        const { verdict: result } = documents[0] as unknown as MutationDocument;
        expect(result).toMatchObject({ state: 'applied' });
        const changed = await pull('albums', before);
        expect(changed.documents).toMatchObject([{ id: albumId, rating: 4 }]);
        expect(changed.checkpoint.seq).toBeGreaterThanOrEqual((result as { appliedSeq: number }).appliedSeq);
        await push('intents', [row(document)]);
        expect((await pull('albums', changed.checkpoint)).documents).toEqual([]);
      });

      it('of a mutation is answered to the device that made it, and to no other', async () => {
        await push('intents', [row(rating(await server.addAlbum()))]);
        expect((await pull('intents', null)).documents).toHaveLength(1);
        expect((await pull('intents', null, 100, server.transport(uuid()))).documents).toEqual([]);
      });

      it('that assumed another state is answered with the one that stands', async () => {
        const list = playlist();
        await push('playlists', [row(list)]);
        const other = server.transport(uuid());
        await push('playlists', [row({ ...list, name: 'Snow', updatedAt: list.updatedAt + 1 }, list)], other);
        const { conflicts } = await push('playlists', [row({ ...list, name: 'Hail' }, list)]);
        expect(conflicts).toMatchObject([{ id: list.id, name: 'Snow', _deleted: false }]);
      });

      it('of a row that cannot be read refuses that row, and takes the others', async () => {
        const list = playlist();
        const { refused } = await push('playlists', [row({ id: uuid(), name: 7 }), row(list)]);
        expect(refused).toMatchObject([{ index: 0, reason: 'bad-request' }]);
        expect((await pull('playlists', null)).documents).toMatchObject([{ id: list.id }]);
      });

      it('of what devices do not write is refused', async () => {
        await expect(push('albums', [row({ id: '1' })])).rejects.toMatchObject({ status: 400, code: 'read-only' });
      });

      it('of a deletion leaves a tombstone for those who have the document', async () => {
        const list = playlist();
        await push('playlists', [row(list)]);
        const { checkpoint } = await pull('playlists', null);
        await push('playlists', [row({ ...list, _deleted: true }, list)]);
        expect((await pull('playlists', checkpoint)).documents).toMatchObject([{ id: list.id, _deleted: true }]);
      });
    });

    describe('the stream', () => {
      const resynced = (heard: readonly StreamEvent[]) =>
        heard.flatMap(({ event, data }) => (event === 'resync' ? [data.collection] : []));

      async function listening(): Promise<StreamEvent[]> {
        const heard: StreamEvent[] = [];
        const end = new AbortController();
        void here.listen((event) => heard.push(event), end.signal).catch(() => undefined);
        onTestFinished(() => end.abort());
        // What the server does of its own accord may have changed a collection since, which is said again.
        await expect.poll(() => new Set(resynced(heard)).size).toBe(collectionNames.length);
        return heard;
      }

      it('begins with the library’s life, and how far every collection has come', async () => {
        await push('playlists', [row(playlist())]);
        const { checkpoint } = await pull('playlists', null);
        const heard = await listening();
        expect(heard[0]).toMatchObject({ event: 'hello', data: { epoch: checkpoint.epoch } });
        expect(heard).toContainEqual({ event: 'resync', data: { collection: 'playlists', ...checkpoint } });
        expect(resynced(heard).slice(0, collectionNames.length).sort()).toEqual([...collectionNames].sort());
      });

      it('says of a change how far its collection has come', async () => {
        const heard = await listening();
        const before = heard.length;
        await push('playlists', [row(playlist())]);
        const { checkpoint } = await pull('playlists', null);
        await expect
          .poll(() => heard.slice(before))
          .toContainEqual({ event: 'resync', data: { collection: 'playlists', ...checkpoint } });
      });
    });
  });
}
