import { randomUUID } from 'node:crypto';
import Libsql from 'libsql';
import { expect, test } from 'vitest';
import type { JournalPage } from '#shared/journal/page.ts';
import { decodePage } from '#shared/journal/codec.ts';
import { MUTATION_RETENTION_DAYS, type MutationDocument, type MutationResult } from '#shared/mutations/document.ts';
import type { Mutation } from '#shared/mutations/registry.ts';
import { asOfSchema } from '#server/library/testing/earlierFile.ts';
import { hear, openTestApp, own, type TestApp, SHELF } from './testApp.ts';

const DAY = 86_400_000;
const NOW = Date.now();
/** Days before today on which somebody did something. */
const daysAgo = (days: number): number => NOW - days * DAY;

/** Somebody's phone: its mutations, and the results it pulls. */
class Phone {
  readonly id = randomUUID();
  #number = 0;

  did(days: number, mutation: Mutation): MutationDocument {
    this.#number += 1;
    return {
      id: randomUUID(),
      deviceId: this.id,
      number: this.#number,
      madeAt: daysAgo(days) + this.#number,
      intent: mutation,
    };
  }

  /** Offers what it did; the answer may get lost. */
  async offers(app: TestApp, mutations: readonly MutationDocument[]): Promise<void> {
    const rows = mutations.map((mutation) => ({ newDocumentState: { ...mutation, _deleted: false } }));
    const answer = await app.ask('POST', '/sync/intents/push', rows, {
      'x-aime-rows': '1',
      'x-aime-now': String(Date.now()),
    });
    expect(answer.json).toMatchObject({ refused: [] });
  }

  async pullResults(app: TestApp, mutations: readonly MutationDocument[]): Promise<(MutationResult | undefined)[]> {
    const { documents } = await app.get<{ documents: (MutationDocument & { _deleted: boolean })[] }>(
      `/sync/intents/pull?limit=100&device=${this.id}`,
    );
    return mutations.map(({ id }) => documents.find((document) => document.id === id && !document._deleted)?.verdict);
  }
}

async function openWithShelf() {
  const app = await openTestApp();
  const [albumId] = own(app.library, SHELF);
  hear(
    app.library,
    [1, 2].map((days) => ({
      at: Math.floor(daysAgo(90 + days) / 1000),
      artist: 'Ada Nordlund',
      title: 'Ferry',
      album: 'Harbour Lights',
    })),
  );
  const { tracks } = app.library.reads.album(albumId!)!;
  return { app, albumId: String(albumId), trackId: tracks[0]!.id, listens: journal(app).map(({ id }) => id) };
}

function journal({ library }: TestApp) {
  const pages = library.feed.pull('journal', 0, 100).documents as unknown as (JournalPage & { _deleted: boolean })[];
  return pages
    .filter(({ _deleted }) => !_deleted)
    .flatMap((page) => decodePage(page))
    .sort((one, other) => one.playedAt - other.playedAt);
}

/** What a person sees of the album and its listens. */
function seen(app: TestApp, albumId: string) {
  const { note, rating, tracks } = app.library.reads.album(Number(albumId))!;
  return {
    note,
    rating,
    loved: tracks.map(({ loved }) => loved),
    listens: journal(app).map((listen) => [listen.id, listen.note ?? null]),
  };
}

function daysPass({ library }: TestApp): void {
  for (let day = 0; day <= MUTATION_RETENTION_DAYS; day += 1) library.mutations.dayPassed();
}

test('what a phone did before it lay in a drawer for weeks does not win over what others did later', async () => {
  const { app, albumId, trackId, listens } = await openWithShelf();
  const [phone, other] = [new Phone(), new Phone()];
  const [first, second] = listens as [number, number];
  const old = [
    phone.did(42, { kind: 'love-track', trackId, loved: true }),
    phone.did(42, { kind: 'rate-album', albumId, rating: 1 }),
    phone.did(42, { kind: 'note-album', albumId, note: 'from the drawer', before: '' }),
    phone.did(42, { kind: 'delete-listen', listenId: first }),
    phone.did(42, { kind: 'note-listen', listenId: second, note: 'from the drawer', before: '' }),
  ];
  await other.offers(app, [
    other.did(41, { kind: 'love-track', trackId, loved: true }),
    other.did(41, { kind: 'love-track', trackId, loved: false }),
    other.did(41, { kind: 'rate-album', albumId, rating: 5 }),
    other.did(41, { kind: 'note-album', albumId, note: 'since', before: '' }),
    other.did(41, { kind: 'delete-listen', listenId: first }),
    other.did(41, { kind: 'restore-listen', listenId: first }),
    other.did(41, { kind: 'note-listen', listenId: second, note: 'since', before: '' }),
  ]);
  const before = seen(app, albumId);
  expect(before).toMatchObject({ note: 'since', rating: 5 });
  daysPass(app);
  await app.close();
  const again = await app.restart();
  await phone.offers(again, old);
  expect(seen(again, albumId)).toEqual(before);
  expect(await phone.pullResults(again, old)).toMatchObject(old.map(() => ({ state: 'applied', outdone: true })));
  expect(JSON.stringify(again.library.feed.pull('revisions', 0, 10).documents)).toContain('from the drawer');
  // Nobody said anything later about it: it holds, however late it comes.
  const fresh = phone.did(40, { kind: 'rate-album', albumId, rating: 2 });
  await phone.offers(again, [fresh]);
  expect(seen(again, albumId).rating).toBe(2);
});

test('what was taken weeks ago and never answered is not done a second time when it is offered again', async () => {
  const { app, albumId, trackId, listens } = await openWithShelf();
  const phone = new Phone();
  const other = new Phone();
  const alias = randomUUID();
  const lost = [
    phone.did(42, {
      kind: 'add-record',
      alias,
      title: 'Written down',
      artists: ['Ada Nordlund'],
      year: null,
      support: null,
    }),
    phone.did(42, { kind: 'rate-album', albumId, rating: 1 }),
    phone.did(42, { kind: 'love-track', trackId, loved: true }),
    phone.did(42, { kind: 'delete-listen', listenId: listens[0]! }),
    phone.did(42, {
      kind: 'alias-artist',
      artistId: String(app.library.reads.album(Number(albumId))!.artists[0]!.id),
      name: 'A. Nordlund',
    }),
  ];
  await phone.offers(app, lost);
  await other.offers(app, [
    other.did(41, { kind: 'remove-record', alias }),
    other.did(41, { kind: 'rate-album', albumId, rating: 4 }),
    other.did(41, { kind: 'love-track', trackId, loved: false }),
    other.did(41, { kind: 'restore-listen', listenId: listens[0]! }),
    other.did(41, {
      kind: 'alias-artist',
      artistId: String(app.library.reads.album(Number(albumId))!.artists[0]!.id),
      name: 'A. Nordlund',
      remove: true,
    }),
  ]);
  const shelf = () => [
    app.library.reads
      .albums({ page: 1, pageSize: 50 })
      .items.map(({ title }) => title)
      .sort(),
    JSON.stringify(app.library.feed.pull('artists', 0, 50).documents),
  ];
  const before = [seen(app, albumId), ...shelf()];
  daysPass(app);
  await phone.offers(app, lost);
  expect([seen(app, albumId), ...shelf()]).toEqual(before);
  expect(await phone.pullResults(app, lost)).toMatchObject(lost.map(() => ({ state: 'applied' })));
  // Nor after it pulled the result and another such time went by.
  daysPass(app);
  await phone.offers(app, lost);
  expect([seen(app, albumId), ...shelf()]).toEqual(before);
});

test('the latest change of an album holds when it is merged into another, and when it is unmerged again', async () => {
  const { app, albumId: into } = await openWithShelf();
  hear(app.library, [{ at: Math.floor(daysAgo(60) / 1000), artist: 'Ada Nordlund', title: 'Ebb', album: 'Low Water' }]);
  const from = String(
    app.library.reads.albums({ page: 1, pageSize: 50 }).items.find(({ title }) => title === 'Low Water')!.id,
  );
  const [phone, other] = [new Phone(), new Phone()];
  const [whileOne, afterwards] = [
    phone.did(42, { kind: 'rate-album', albumId: from, rating: 1 }),
    phone.did(42, { kind: 'rate-album', albumId: from, rating: 2 }),
  ];
  await other.offers(app, [
    other.did(41, { kind: 'rate-album', albumId: from, rating: 5 }),
    other.did(40, { kind: 'merge-albums', from, into }),
  ]);
  daysPass(app);
  await phone.offers(app, [whileOne]);
  expect(seen(app, into).rating).toBe(5);
  expect(await phone.pullResults(app, [whileOne])).toMatchObject([{ outdone: true }]);
  await other.offers(app, [other.did(1, { kind: 'split-album', from, into })]);
  await phone.offers(app, [afterwards]);
  expect([seen(app, from).rating, seen(app, into).rating]).toEqual([5, 0]);
});

test('the latest change of a recording holds when its artist is merged with another', async () => {
  const { app, albumId, trackId } = await openWithShelf();
  hear(app.library, [{ at: Math.floor(daysAgo(60) / 1000), artist: 'Ada N.', title: 'Ebb', album: 'Elsewhere' }]);
  const artists = app.library.feed.pull('artists', 0, 50).documents as unknown as { id: string; name: string }[];
  const [from, into] = ['Ada Nordlund', 'Ada N.'].map((name) => artists.find((artist) => artist.name === name)!.id) as [
    string,
    string,
  ];
  const [phone, other] = [new Phone(), new Phone()];
  const old = phone.did(42, { kind: 'love-track', trackId, loved: true });
  await other.offers(app, [
    other.did(41, { kind: 'love-track', trackId, loved: true }),
    other.did(41, { kind: 'love-track', trackId, loved: false }),
    other.did(41, { kind: 'merge-artists', from, into }),
  ]);
  daysPass(app);
  await phone.offers(app, [old]);
  expect(seen(app, albumId).loved).not.toContain(true);
  expect(await phone.pullResults(app, [old])).toMatchObject([{ outdone: true }]);
});

test('where an earlier version dropped results, an older mutation is refused with a message and stays, a newer one is applied', async () => {
  const { app, albumId, trackId } = await openWithShelf();
  const [phone, other] = [new Phone(), new Phone()];
  await other.offers(app, [other.did(41, { kind: 'rate-album', albumId, rating: 5 })]);
  daysPass(app);
  await other.offers(app, [other.did(1, { kind: 'note-album', albumId, note: 'since', before: '' })]);
  await app.close();
  const { file } = app.library;
  asOfSchema(file, 19);
  const db = new Libsql(file);
  db.exec(`UPDATE intents SET applied_at = ${Math.floor(daysAgo(34) / 1000)}`);
  db.close();
  const again = await app.restart();
  const [rated, noted, logged, loved] = [
    phone.did(42, { kind: 'rate-album', albumId, rating: 1 }),
    phone.did(42, { kind: 'note-album', albumId, note: 'from the drawer', before: '' }),
    phone.did(42, {
      kind: 'add-listens',
      group: randomUUID(),
      playedAt: Math.floor(daysAgo(42) / 1000),
      tracks: [{ trackId }],
    }),
    phone.did(20, { kind: 'love-track', trackId, loved: true }),
  ] as const;
  await phone.offers(again, [rated, noted, logged, loved]);
  expect(await phone.pullResults(again, [rated, noted, logged, loved])).toMatchObject([
    { state: 'refused', reason: 'too-old', message: expect.stringMatching(/\w+ .*\./) as unknown },
    { state: 'applied', outdone: true, kept: 'history' },
    { state: 'applied' },
    { state: 'applied' },
  ]);
  expect(seen(again, albumId)).toMatchObject({ rating: 5, note: 'since' });
  expect(seen(again, albumId).loved).toContain(true);
  daysPass(again);
  expect(await phone.pullResults(again, [rated])).toMatchObject([{ reason: 'too-old' }]);
});
