import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { decodePage } from '#shared/journal/codec.ts';
import type { JournalPage } from '#shared/journal/page.ts';
import type { AlbumDocument } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import { type RunningServer, startServer, until } from '#tests/kit/serverProcess.ts';
import { followsLastfm } from '#tests/kit/serviceSettings.ts';
import { startLastfmSimulator } from '#tests/simulators/lastfm/simulator.ts';
import { HIGHEST_NAMED } from './inventedValues.ts';
import { totalOf } from './journalOf.ts';
import { pullAll } from './lostLibrary.ts';
import { canonical, ModelDevice } from './modelDevice.ts';
import type { Tally } from './tally.ts';

const RECORDS = 120;
const PLAYS = 360;

/** A server with a small library, of which requests name a part, and a device that holds all of it. */
export interface BystanderFixture {
  server: RunningServer;
  /** What became of all that no request named, as the device has it from the server. */
  compared(): Promise<Pick<Tally, 'lost' | 'altered'> & { first: string[] }>;
  dispose(): Promise<void>;
}

export async function startWithBystanders(): Promise<BystanderFixture> {
  const now = Math.floor(Date.now() / 1000);
  const history = Array.from({ length: PLAYS }, (_, index) => ({
    playedAt: now - 80_000 + index * 200,
    artist: `Artist ${index % RECORDS}`,
    title: `Title ${index}`,
    album: `Album ${index % RECORDS}`,
  }));
  const lastfm = await startLastfmSimulator({ apiKey: 'key', secret: 'secret', user: 'ada', history });
  const server = await startServer({
    ...followsLastfm(lastfm),
  });
  await until(
    'the first plays',
    () => totalOf(server),
    (total) => total === PLAYS,
  );
  const device = new ModelDevice(
    () => server.url,
    () => Date.now(),
  );
  await pullAll(device);
  const albums = [...(device.documents.get('albums')?.values() ?? [])]
    .map((album) => album as unknown as AlbumDocument)
    .filter(isUnnamed);
  for (const { id, title } of albums) {
    device.mutate({ kind: 'note-album', albumId: id, note: `About ${title}` });
    device.mutate({ kind: 'rate-album', albumId: id, rating: 1 + (Number(id) % 5) });
  }
  const entries = albums.flatMap(({ tracks }) => tracks.map(({ id: trackId }) => ({ entry: randomUUID(), trackId })));
  device.putPlaylist({
    id: randomUUID(),
    name: 'Kept',
    algorithm: null,
    aiPrompt: null,
    createdAt: now,
    updatedAt: now,
    entries,
  });
  await device.settle();
  const before = unnamed(device);
  assert.ok(before.size > PLAYS / 2, `only ${before.size} things are unnamed`);
  return {
    server,
    async compared() {
      await pullAll(device);
      const after = unnamed(device);
      const lost = [...before.keys()].filter((key) => !after.has(key));
      const altered = [...before].filter(([key, said]) => after.has(key) && after.get(key) !== said);
      return {
        lost: lost.length,
        altered: altered.length,
        first: [
          ...lost.slice(0, 3),
          ...altered.slice(0, 3).map(([key, said]) => `${key}: ${said} → ${after.get(key)}`),
        ],
      };
    },
    async dispose() {
      await server.dispose();
      await lastfm.close();
    },
  };
}

const isBeyond = (id: number | string): boolean => Number(id) > HIGHEST_NAMED;
const isUnnamed = ({ id, artists, tracks }: AlbumDocument): boolean =>
  [id, ...artists.map((artist) => artist.id), ...tracks.map((track) => track.id)].every(isBeyond);

/** What a device holds of things that no request can have named, nor anything that is part of them, by kind and id. */
function unnamed(device: ModelDevice): Map<string, string> {
  const of = <T>(collection: Parameters<typeof device.documents.get>[0]) =>
    [...(device.documents.get(collection)?.values() ?? [])] as unknown as T[];
  const things: [key: string, thing: unknown][] = [
    ...of<AlbumDocument>('albums')
      .filter(isUnnamed)
      .map((album): [string, unknown] => [`album ${album.id}`, album]),
    ...of<ArtistDocument>('artists')
      .filter(({ id, tracks }) => [id, ...tracks.map((track) => track.id)].every(isBeyond))
      .map((artist): [string, unknown] => [`artist ${artist.id}`, artist]),
    ...of<JournalPage>('journal')
      .flatMap((page) => decodePage(page))
      .filter(({ id, trackId, ownerId }) => [id, trackId, Math.abs(ownerId)].every(isBeyond))
      .map((listen): [string, unknown] => [`listen ${listen.id}`, listen]),
    ...[...device.playlists.values()]
      .filter(({ mine }) => !mine._deleted && mine.name === 'Kept')
      .map(({ mine }): [string, unknown] => [`playlist ${mine.id}`, mine]),
  ];
  return new Map(things.map(([key, thing]) => [key, JSON.stringify(canonical(thing))]));
}
