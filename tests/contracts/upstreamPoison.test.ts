import { describe, expect, test } from 'vitest';
import type { SetAside } from '#server/kit/http/setAside.ts';
import { readChoices } from '#server/playlists/aiPrompt.ts';
import { playAlbum } from '#server/upstreams/roon/browse.ts';
import { readZones } from '#server/upstreams/roon/schema.ts';
import { ANSWERS, lastfm, outcomeOf } from '#tests/stress/upstreamAnswers.ts';
import { stressUpstreamPoison } from '#tests/stress/upstreamPoison.ts';

test.each(ANSWERS)('%s: what is usual is read whole', async (_of, usual, ask) => {
  expect(await outcomeOf(usual, ask)).toMatchObject({ read: expect.anything() as unknown, aside: [] });
});

test('poison in the place of any part of any answer is read without it, set aside or refused; nothing unfit leaves a client', async () => {
  expect((await stressUpstreamPoison({ seed: 1, share: 0.2 })).tried).toBeGreaterThan(1_000);
});

describe('one bad entry', () => {
  /** The lists of an answer, each once with an entry beside its own that is none. */
  function withBadEntry(value: unknown, bad: unknown): unknown[] {
    if (Array.isArray(value)) {
      const list: unknown[] = value;
      return [
        [...list, bad],
        ...list.flatMap((item, at) => withBadEntry(item, bad).map((said) => list.with(at, said))),
      ];
    }
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([name, item]) =>
      withBadEntry(item, bad).map((said) => ({ ...value, [name]: said })),
    );
  }
  const LISTS = ANSWERS.filter(([, usual]) => withBadEntry(usual, null).length > 0);

  test.each(LISTS)('of any list of %s costs nothing else, and is set aside as it came', async (of, usual, ask) => {
    // One answer for each play that was sent is a count, and no list that may grow.
    if (of === 'Last.fm’s word on plays') return;
    const good = await outcomeOf(usual, ask);
    for (const said of withBadEntry(usual, [[7]])) {
      const { read, aside } = await outcomeOf(said, ask);
      expect(aside, JSON.stringify(said)).toMatchObject([{ raw: [[7]] }]);
      expect(besideAside(read)).toEqual(besideAside(good.read));
    }
  });

  const besideAside = (read: unknown) =>
    typeof read === 'object' && read !== null && 'setAside' in read ? { ...read, setAside: undefined } : read;

  test('among Last.fm’s answers to submitted plays leaves that one to be submitted again', async () => {
    const plays = [1, 2, 3].map((number) => ({ playedAt: 1_700_000_000 + number, artist: 'Ada', title: 'Ferry' }));
    const taken = { ignoredMessage: { code: '0' } };
    const answer = { scrobbles: { scrobble: [taken, { ignoredMessage: { code: 'x' } }, taken] } };
    expect(await outcomeOf(answer, () => lastfm().scrobble(plays))).toMatchObject({
      read: [{ accepted: true }, null, { accepted: true }],
      aside: [{ reason: 'unreadable' }],
    });
  });

  test('among a model’s choices is set aside, and the others are choices', () => {
    expect(readChoices({ tracks: [{ id: 1, reason: 'Rain' }, { id: 'one' }, null, { id: '2' }] })).toMatchObject({
      choices: [{ trackId: 1, reason: 'Rain' }, { trackId: 2 }],
      setAside: [{ raw: { id: 'one' } }, { raw: null }],
    });
  });

  test('of Roon’s zones, outputs and menus costs nothing else', async () => {
    const reported: SetAside[] = [];
    const items = [{ title: 'Albums', item_key: '1' }, 7, { title: 'A heading', item_key: null }];
    const ask = async (name: string) => ({
      name: 'Success',
      final: true,
      body: name.endsWith('browse') ? { action: 'list' } : { items },
    });
    const outcome = await playAlbum(
      { ask, onSetAside: (_list, entries) => reported.push(...entries) },
      { zoneId: 'z', artist: 'Ada', album: 'Harbour Lights' },
    );
    expect(outcome).toMatchObject({ found: false });
    expect(reported).toMatchObject([{ raw: 7 }, { raw: 7 }]);
  });
});

test('a Roon whose list of zones is none, or mostly unreadable, is refused with a message', () => {
  for (const body of [{}, null, { zones: {} }, { zones: [1, 2, 3, { zone_id: 'z' }] }])
    expect(() => readZones(body)).toThrow(/Roon/);
});
