import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '#server/kit/clock.ts';
import { restoreBackup } from '#server/library/index.ts';
import { type RunningServer, startServer, until as waitFor } from '#tests/kit/serverProcess.ts';
import { SeededChance } from '#tests/simulators/catalogue/random.ts';
import { type LastfmSimulator, startLastfmSimulator } from '#tests/simulators/lastfm/simulator.ts';
import { collectionNames } from '#shared/sync/collections.ts';
import type { Mutation } from '#shared/mutations/registry.ts';
import { stopsSound, totalOf } from './journalOf.ts';
import { canonical, ModelDevice } from './modelDevice.ts';
import type { StressOptions } from './stressTest.ts';
import { HELD, type Tally } from './tally.ts';

const PLAYS = 60;

/** A server that may be killed and restored, and two devices. */
class SystemUnderTest {
  server!: RunningServer;
  lastfm!: LastfmSimulator;
  readonly chance: SeededChance;
  readonly devices: ModelDevice[];
  albums: { id: string; tracks: number[] }[] = [];
  listens: number[] = [];
  #backup: string | null = null;
  #moment = Date.now() - 3_600_000;

  constructor(seed: number) {
    this.chance = new SeededChance(seed);
    const moment = () => (this.#moment += 10);
    this.devices = [0, 1].map(() => new ModelDevice(() => this.server.url, moment));
  }

  async open(): Promise<void> {
    const now = Math.floor(Date.now() / 1000);
    const history = Array.from({ length: PLAYS }, (_, index) => ({
      playedAt: now - 86_400 + index * 300,
      artist: `Artist ${index % 5}`,
      title: `Title ${index % 17}`,
      album: `Album ${index % 7}`,
    }));
    this.lastfm = await startLastfmSimulator({ apiKey: 'key', secret: 'secret', user: 'ada', history });
    this.server = await startServer({
      LASTFM_URL: this.lastfm.url,
      LASTFM_API_KEY: 'key',
      LASTFM_USERNAME: 'ada',
      LASTFM_POLL_SECONDS: '1',
      LASTFM_REQUESTS_PER_MINUTE: '60000',
    });
    await waitFor(
      'the first plays',
      () => totalOf(this.server),
      (total) => total === PLAYS,
    );
    type Items = { items: { id: number; track: { id: number }; album: { id: number } | null }[] };
    const { items } = await this.server.get<Items>('/history/tracks?pageSize=200');
    this.listens = items.map(({ id }) => id);
    const ids = new Set(items.flatMap(({ album }) => album?.id ?? []));
    this.albums = [...ids].map((id) => ({
      id: String(id),
      tracks: items.filter(({ album }) => album?.id === id).map(({ track }) => track.id),
    }));
  }

  async close(): Promise<void> {
    await this.server.dispose();
    await this.lastfm.close();
  }

  /** Keeps the library as it is now, for a later restore. */
  async backUp(): Promise<void> {
    await this.server.stop();
    const folder = join(this.server.dataDir, 'backups');
    mkdirSync(folder, { recursive: true });
    this.#backup = join(folder, 'proof.db');
    for (const part of ['', '-wal']) {
      const file = join(this.server.dataDir, `musique.db${part}`);
      if (existsSync(file)) copyFileSync(file, this.#backup + part);
      else rmSync(this.#backup + part, { force: true });
    }
    this.server = await this.server.restart();
  }

  async restore(): Promise<boolean> {
    if (this.#backup === null) return false;
    await this.server.stop();
    await restoreBackup({
      file: this.#backup,
      dataDir: this.server.dataDir,
      configDir: this.server.configDir,
      clock: systemClock,
    });
    this.server = await this.server.restart();
    return true;
  }

  async kill(): Promise<void> {
    await this.server.kill();
    this.server = await this.server.restart();
  }

  async step(): Promise<string> {
    const { chance } = this;
    const device = chance.one(this.devices);
    const what = chance.next();
    if (what < 0.45) return this.#edit(device);
    if (what < 0.65) return device.push(chance.happens(0.25)).then(() => 'push');
    if (what < 0.9) return device.pull(chance.one(collectionNames), chance.whole(1, 30)).then(() => 'pull');
    if (what < 0.96) {
      this.lastfm.scrobble({
        playedAt: Math.floor(Date.now() / 1000) - chance.whole(1, 80_000),
        artist: 'Artist 1',
        title: `Late ${chance.whole(1, 1e6)}`,
        album: 'Album 1',
      });
      return 'scrobble';
    }
    if (what < 0.98) return this.kill().then(() => 'kill');
    if (what < 0.99) return this.backUp().then(() => 'backup');
    return this.restore().then((done) => (done ? 'restore' : 'nothing'));
  }

  #edit(device: ModelDevice): string {
    const { chance } = this;
    const album = chance.one(this.albums);
    if (chance.happens(0.35)) return this.#editPlaylist(device);
    const mutations: Mutation[] = [
      { kind: 'love-track', trackId: chance.one(album.tracks), loved: chance.happens(0.5) },
      { kind: 'rate-album', albumId: album.id, rating: chance.whole(0, 5) },
      { kind: 'note-album', albumId: album.id, note: `Note ${chance.whole(1, 1e6)}` },
      { kind: 'note-listen', listenId: chance.one(this.listens), note: `Heard ${chance.whole(1, 1e6)}` },
      { kind: chance.happens(0.5) ? 'delete-listen' : 'restore-listen', listenId: chance.one(this.listens) },
    ];
    const mutation = chance.one(mutations);
    device.mutate(mutation);
    return mutation.kind;
  }

  #editPlaylist(device: ModelDevice): string {
    const { chance } = this;
    const known = [...device.playlists.values()].filter(({ mine }) => !mine._deleted);
    const now = Math.floor((this.#moment += 1_000) / 1000);
    const entry = () => ({ entry: randomUUID(), trackId: chance.one(chance.one(this.albums).tracks) });
    if (known.length === 0 || chance.happens(0.3)) {
      device.putPlaylist({
        id: randomUUID(),
        name: `List ${chance.whole(1, 999)}`,
        algorithm: null,
        aiPrompt: null,
        createdAt: now,
        updatedAt: now,
        entries: [entry(), entry()],
      });
      return 'new playlist';
    }
    const {
      mine: { _deleted, ...playlist },
    } = chance.one(known);
    const changed = { ...playlist, updatedAt: now };
    if (chance.happens(0.15)) device.putPlaylist(changed, true);
    else if (chance.happens(0.4)) device.putPlaylist({ ...changed, name: `List ${chance.whole(1, 999)}` });
    else
      device.putPlaylist({
        ...changed,
        entries: chance.shuffled([...playlist.entries.slice(chance.whole(0, 1)), entry()]),
      });
    return 'playlist';
  }
}

/**
 * Two devices edit, push, pull and lose answers, plays arrive, the server is killed and older libraries are restored, in any order.
 * When all have synced everything, both hold the same, every mutation has its result, and of two words about one
 * thing the later stands.
 */
export async function stressConvergence({
  seed,
  steps,
  until = Infinity,
  say = () => undefined,
}: StressOptions & { steps: number }): Promise<Partial<Tally>> {
  const system = new SystemUnderTest(seed + 5);
  const did = new Map<string, number>();
  try {
    await system.open();
    for (let step = 0; step < steps && Date.now() < until; step += 1) {
      const what = await system.step();
      did.set(what, (did.get(what) ?? 0) + 1);
    }
    for (let round = 0; round < 3; round += 1) for (const device of system.devices) await device.settle();
    // Polls go on each second: what came late is here after a few.
    await sleep(3_000);
    for (let round = 0; round < 2; round += 1) for (const device of system.devices) await device.settle();
    const [one, other] = system.devices as [ModelDevice, ModelDevice];
    assert.deepEqual(canonical(one.holds()), canonical(other.holds()), 'the two devices do not hold the same');
    assertLatestEditsWin(system);
    await stopsSound(system.server);
    say(`${JSON.stringify(Object.fromEntries(did))}: both devices hold the same`);
    return { ...HELD, tried: [...did.values()].reduce((sum, times) => sum + times, 0) };
  } finally {
    await system.close();
  }
}

/** Ratings and notes of albums, as the latest applied mutation of either device wished them. */
function assertLatestEditsWin({ devices }: SystemUnderTest): void {
  const latest = new Map<
    string,
    { madeAt: number; field: 'rating' | 'note'; albumId: string; value: number | string }
  >();
  for (const { intent: mutation, madeAt, verdict: result } of devices.flatMap((device) => [
    ...device.mutations.values(),
  ])) {
    assert.ok(result, `the ${mutation.kind} of ${madeAt} has no result`);
    if (result.state !== 'applied' || (mutation.kind !== 'rate-album' && mutation.kind !== 'note-album')) continue;
    const field = mutation.kind === 'rate-album' ? 'rating' : 'note';
    const key = `${field} ${mutation.albumId}`;
    if ((latest.get(key)?.madeAt ?? 0) > madeAt) continue;
    latest.set(key, {
      madeAt,
      field,
      albumId: mutation.albumId,
      value: mutation.kind === 'rate-album' ? mutation.rating : mutation.note,
    });
  }
  const albums = devices[0]!.documents.get('albums')!;
  for (const { field, albumId, value } of latest.values())
    assert.equal(albums.get(albumId)?.[field], value, `the ${field} of album ${albumId} is not the latest`);
}
