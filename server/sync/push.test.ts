import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import type { RevisionsDocument } from '#shared/library/revision.ts';
import { mountRoutes } from '../http/route.ts';
import { pushRoute } from '../http/routes/sync.ts';
import { silentLog } from '../kit/log.ts';
import { mutationOf, libraryForTest, listenTo, newUuid, playlistDocument, START } from '../library/testing/library.ts';

const [ONE, OTHER] = [newUuid(), newUuid()];
const YEAR = 365 * 86_400;

function pushing() {
  const { library, setTime } = libraryForTest();
  setTime(START + 1_000);
  const app = new Hono();
  mountRoutes(app, [pushRoute(library, silentLog)], () => Promise.resolve());
  const list = playlistDocument();
  type State = Partial<PlaylistDocument> & { _deleted?: boolean };
  const pushed = async (device: string, change: State, assumed?: State, headers: Record<string, string> = {}) => {
    const row = {
      newDocumentState: { ...list, ...change },
      ...(assumed && { assumedMasterState: { ...list, ...assumed } }),
    };
    const answer = await app.request('/api/v1/sync/playlists/push', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-aime-device': device, 'x-aime-rows': '1', ...headers },
      body: JSON.stringify([row]),
    });
    expect(answer.status).toBe(200);
    return (await answer.json()) as Record<'conflicts' | 'bases', { name: string; _deleted: boolean }[]>;
  };
  const push = async (...row: Parameters<typeof pushed>) => (await pushed(...row)).conflicts;
  const history = () => {
    const [document] = library.feed.pull('revisions', 0, 10).documents as unknown as RevisionsDocument[];
    return (document?.revisions ?? []).map(({ text, why, deviceId }) => [text, why, deviceId]);
  };
  return { library, list, push, pushed, history, named: () => library.playlists.get(list.id)?.name };
}

it('a playlist’s former name is retained, and is history no more when it is given again', async () => {
  const { push, history } = pushing();
  await push(ONE, {});
  await push(OTHER, { name: 'Second', updatedAt: START + 1 }, {});
  expect(history()).toEqual([['First', 'replaced', ONE]]);
  await push(OTHER, { name: 'First', updatedAt: START + 2 }, { name: 'Second', updatedAt: START + 1 });
  expect(history()).toEqual([['Second', 'replaced', OTHER]]);
});

it('of two names given separately the earlier is retained as its device’s, whichever arrives first', async () => {
  const late = pushing();
  await late.push(ONE, {});
  await late.push(OTHER, { name: 'Theirs', updatedAt: START + 20 }, {});
  expect(await late.push(ONE, { name: 'Mine', updatedAt: START + 10 }, {})).toMatchObject([{ name: 'Theirs' }]);
  expect(late.history()).toContainEqual(['Mine', 'outdone', ONE]);
  const early = pushing();
  await early.push(ONE, {});
  await early.push(OTHER, { name: 'Theirs', updatedAt: START + 10 }, {});
  expect(await early.push(ONE, { name: 'Mine', updatedAt: START + 20 }, {})).toMatchObject([{ name: 'Theirs' }]);
  // The device joins both and writes the later name.
  await early.push(ONE, { name: 'Mine', updatedAt: START + 20 }, { name: 'Theirs', updatedAt: START + 10 });
  expect(early.history().filter(([text]) => text === 'Theirs')).toEqual([['Theirs', 'conflict', OTHER]]);
  expect(early.named()).toBe('Mine');
});

it('a device that named a playlist twice is not notified of its own later name, where the library forgot of the first', async () => {
  const later = pushing();
  await later.push(ONE, { name: 'Backed up', updatedAt: START + 1 });
  await later.push(ONE, { name: 'Renamed', updatedAt: START + 20 }, { name: 'Renamed before', updatedAt: START + 10 });
  expect(later.history()).toEqual([['Backed up', 'replaced', ONE]]);
  const earlier = pushing();
  await earlier.push(ONE, { name: 'Backed up', updatedAt: START + 30 });
  await earlier.push(
    ONE,
    { name: 'Renamed', updatedAt: START + 20 },
    { name: 'Renamed before', updatedAt: START + 10 },
  );
  expect(earlier.history()).toEqual([['Renamed', 'replaced', ONE]]);
});

it('a deletion that comes to nothing is announced, also where nothing is known of what both sides had in common', async () => {
  const edited = pushing();
  await edited.push(ONE, { updatedAt: START + 20 });
  await edited.push(OTHER, { _deleted: true, updatedAt: START + 10 });
  expect(edited.history()).toEqual([['First', 'kept', OTHER]]);
  const deleted = pushing();
  await deleted.push(ONE, { updatedAt: START + 10 });
  await deleted.push(OTHER, { _deleted: true, updatedAt: START + 20 });
  expect(deleted.history()).toEqual([]);
});

it('a deletion that comes to nothing is announced to its device', async () => {
  const edited = pushing();
  await edited.push(ONE, {});
  await edited.push(OTHER, { aiPrompt: 'changed', updatedAt: START + 5 }, {});
  await edited.push(ONE, { _deleted: true }, {});
  expect(edited.history()).toEqual([['First', 'kept', ONE]]);
  const deleted = pushing();
  await deleted.push(ONE, {});
  await deleted.push(ONE, { _deleted: true }, {});
  expect(await deleted.push(OTHER, { aiPrompt: 'changed', updatedAt: START + 5 }, {})).toMatchObject([
    { _deleted: true },
  ]);
  expect(deleted.history()).toEqual([['First', 'kept', ONE]]);
});

it('is changed when the device’s clock says, held against what that clock says now, and never later than it arrives', async () => {
  const { push, library, list } = pushing();
  const ahead = { 'x-aime-now': String((START + 1_000 + 3 * YEAR) * 1000), 'x-aime-clock-offset': '0' };
  await push(ONE, { updatedAt: START + 1_000 + 3 * YEAR - 600 }, undefined, ahead);
  expect(library.playlists.get(list.id)?.updatedAt).toBe(START + 400);
  await push(ONE, { name: 'Untold', updatedAt: START + 3 * YEAR }, { updatedAt: START + 400 });
  expect(library.playlists.get(list.id)?.updatedAt).toBeLessThanOrEqual(START + 1_060);
});

describe('what a device wrote before, and never heard to be taken', () => {
  const renamed = { name: 'Second', updatedAt: START + 1 };

  it('does not retain what it deletes afterwards, nor is notified of', async () => {
    const { push, history, named } = pushing();
    await push(ONE, {});
    // The answer is lost: the device still takes the library to hold the first name.
    await push(ONE, renamed, {});
    expect(await push(ONE, { ...renamed, _deleted: true }, {})).toEqual([]);
    expect(named()).toBeUndefined();
    expect(history().filter(([, why]) => why !== 'replaced')).toEqual([]);
  });

  it('nor where it made the list itself, put it back, or spoke in vain more than once', async () => {
    const { push, named } = pushing();
    await push(ONE, {});
    expect(await push(ONE, { _deleted: true })).toEqual([]);
    expect(named()).toBeUndefined();
    expect(await push(ONE, renamed)).toEqual([]);
    expect(named()).toBe('Second');
    expect(await push(ONE, { name: 'Third', updatedAt: START + 2 })).toEqual([]);
    expect(named()).toBe('Third');
  });

  it('is what both have in common where another device went on from it', async () => {
    const { push, history, pushed } = pushing();
    await push(ONE, {});
    await push(ONE, renamed, {});
    await push(OTHER, { ...renamed, aiPrompt: 'theirs', updatedAt: START + 30 }, renamed);
    const { conflicts, bases } = await pushed(ONE, { name: 'Third', updatedAt: START + 20 }, {});
    expect([conflicts, bases]).toMatchObject([
      [{ name: 'Second', aiPrompt: 'theirs' }],
      [{ name: 'Second', aiPrompt: null, _deleted: false }],
    ]);
    // What the other made of it is no reason to say that the name was given twice, and it outlives a deletion that did not know of it.
    expect(history().map(([, why]) => why)).toEqual(['replaced']);
    expect(await push(ONE, { ...renamed, _deleted: true }, {})).toMatchObject([{ aiPrompt: 'theirs' }]);
    expect(history()[0]).toEqual(['Second', 'kept', ONE]);
  });

  it('counts for nothing where another device put back what it had deleted', async () => {
    const { push, named } = pushing();
    await push(ONE, {});
    await push(ONE, { _deleted: true }, {});
    await push(OTHER, { aiPrompt: 'again', updatedAt: START + 5 }, { _deleted: true });
    expect(await push(ONE, { _deleted: true }, {})).toMatchObject([{ aiPrompt: 'again' }]);
    expect(named()).toBe('First');
  });

  it('nor any of it, however often it wrote, nor what arrives when it was overtaken', async () => {
    const { push, history, named } = pushing();
    const third = { name: 'Third', updatedAt: START + 2 };
    await push(ONE, {}, undefined, { 'x-aime-push': '1' });
    // Neither answer is heard; what the first made of it is pulled.
    await push(ONE, renamed, {}, { 'x-aime-push': '2' });
    expect(await push(ONE, third, {}, { 'x-aime-push': '3' })).toEqual([]);
    expect(await push(ONE, { name: 'Fourth', updatedAt: START + 3 }, renamed, { 'x-aime-push': '4' })).toEqual([]);
    // Held up on its way until now.
    await push(ONE, third, {}, { 'x-aime-push': '3' });
    expect(named()).toBe('Fourth');
    await push(OTHER, { ...third, updatedAt: START + 30 }, { name: 'Fourth', updatedAt: START + 3 });
    expect(await push(ONE, { name: 'Fifth', updatedAt: START + 4 }, third, { 'x-aime-push': '5' })).toMatchObject([
      { name: 'Third' },
    ]);
    expect(
      history()
        .map(([, why]) => why)
        .filter((why) => why !== 'replaced'),
    ).toEqual(['outdone']);
  });

  it('is not what the library finds out by itself: words and tracks of a place, and the time', async () => {
    const { push, library, list } = pushing();
    listenTo(library);
    const { id: trackId } = library.reads.listens({ page: 1, pageSize: 1 }).items[0]!.track;
    const entries = [{ entry: 'a', trackId }];
    await push(ONE, { entries, updatedAt: START + YEAR });
    expect(library.playlists.get(list.id)?.entries[0]).toHaveProperty('title');
    // RxDB takes what was sent for what the library has, until it pulls.
    expect(
      await push(ONE, { name: 'Second', entries, updatedAt: START + YEAR }, { entries, updatedAt: START + YEAR }),
    ).toEqual([]);
    expect(library.playlists.get(list.id)).toMatchObject({
      name: 'Second',
      entries: [{ entry: 'a', trackId, title: expect.anything() as string }],
    });
    expect(
      await push(
        ONE,
        { name: 'Second', entries, _deleted: true },
        { name: 'Second', entries, updatedAt: START + YEAR },
      ),
    ).toEqual([]);
    expect(library.playlists.get(list.id)).toBeNull();
  });
});

it('a refusal that a device has deleted is dismissed, and nothing is done again for it', async () => {
  const { library } = libraryForTest();
  const app = new Hono();
  mountRoutes(app, [pushRoute(library, silentLog)], () => Promise.resolve());
  const refused = mutationOf({ kind: 'note-album', albumId: '99', note: 'Three lines' });
  library.mutations.apply([refused]);
  const row = (document: object) => ({
    newDocumentState: { ...document, _deleted: true },
    assumedMasterState: document,
  });
  const body = JSON.stringify([
    row(library.mutations.get(refused.id)!),
    row(mutationOf({ kind: 'love-track', trackId: 1, loved: true })),
    row({ id: newUuid() }),
  ]);
  const answer = await app.request('/api/v1/sync/intents/push', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-aime-device': ONE, 'x-aime-rows': '1' },
    body,
  });
  expect(await answer.json()).toEqual({ conflicts: [], bases: [], refused: [] });
  expect(library.feed.pull('intents', 0, 10).documents).toMatchObject([{ id: refused.id, _deleted: true }]);
});

describe('what a row holds that this version does not know', () => {
  const pushRows = async (
    collection: 'intents' | 'playlists',
    states: readonly Record<string, unknown>[],
    given = libraryForTest(),
  ) => {
    const app = new Hono();
    mountRoutes(app, [pushRoute(given.library, silentLog)], () => Promise.resolve());
    const headers = { 'content-type': 'application/json', 'x-aime-device': ONE, 'x-aime-rows': '1' };
    const answer = await app.request(`/api/v1/sync/${collection}/push`, {
      method: 'POST',
      headers,
      body: JSON.stringify(states.map((newDocumentState) => ({ newDocumentState }))),
    });
    return (await answer.json()) as { refused: { index: number; code: string; field: string; params?: object }[] };
  };
  const removal = () =>
    mutationOf({ kind: 'remove-listens', group: newUuid() }) as unknown as Record<string, unknown> & { intent: object };

  it('refuses a mutation that wants more than is understood, that one alone', async () => {
    const [strange, plain] = [removal(), removal()];
    const { refused } = await pushRows('intents', [
      { ...strange, intent: { ...strange.intent, quietly: true } },
      plain,
      { ...removal(), urgent: 1 },
    ]);
    expect(refused).toMatchObject([
      { index: 0, code: 'unknown-field', field: expect.stringContaining('quietly') as string },
      { index: 2, code: 'unknown-field', field: 'urgent' },
    ]);
  });

  it('passes over what it does not know of what stands beside a mutation', async () => {
    const targets = [{ kind: 'listen', id: 1, playedAt: START, title: 'Ferry', artist: 'Ada', label: 'ECM' }];
    expect(await pushRows('intents', [{ ...removal(), targets }])).toMatchObject({ refused: [] });
  });

  it('refuses a playlist’s option that its algorithm does not go by; one that is stored already stays, and the playlist can be changed', async () => {
    const given = libraryForTest();
    const old: PlaylistDocument = {
      id: newUuid(),
      name: 'Old',
      algorithm: 'random',
      aiPrompt: null,
      options: { length: 3, decade: 1970 },
      createdAt: START,
      updatedAt: START,
      entries: [],
    };
    given.library.playlists.put(old);
    const made = { ...old, id: newUuid() };
    const { refused } = await pushRows(
      'playlists',
      [made, { ...old, name: 'Renamed' }, { ...made, options: { length: 3 }, mood: 'calm' }],
      given,
    );
    expect(refused).toMatchObject([
      {
        index: 0,
        code: 'foreign-option',
        field: '0.newDocumentState.options.decade',
        params: { option: 'decade', algorithm: 'random' },
      },
      { index: 2, code: 'unknown-field', field: 'mood' },
    ]);
    expect(given.library.playlists.get(old.id)).toMatchObject({ options: { decade: 1970 } });
    expect(given.library.playlists.get(made.id)).toBeNull();
  });
});
