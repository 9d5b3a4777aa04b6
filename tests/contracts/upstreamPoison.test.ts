import { afterEach, beforeEach, expect, test } from 'vitest';
import { readWords } from '#server/enrichment/words/prompt.ts';
import { isUpstreamError } from '#server/kit/http/upstreamError.ts';
import { readChoices } from '#server/playlists/aiPrompt.ts';
import { objectIn } from '#server/upstreams/euria/json.ts';
import { poisoned, POISONS } from '#tests/prove/inventedValues.ts';
import { openLastfmHouse, type LastfmHouse } from './lastfmHouse.ts';

const isFit = (value: unknown) => !/\\u(?:d[89a-f]|000[0-8bcef])/i.test(JSON.stringify(value) ?? '');

let house: LastfmHouse;
beforeEach(async () => {
  house = await openLastfmHouse();
});
afterEach(() => house.sim.close());

test.each([
  ...['', '.0', '.0.artist', '.0.artist.name', '.0.name', '.0.album', '.0.album.#text', '.0.date', '.0.date.uts', '.0.image', '.0.mbid', '.0.url', '.0.loved'].map((part) => `recenttracks.track${part}`),
  ...['', '.user', '.total', '.totalPages', '.page', '.perPage'].map((part) => `recenttracks.@attr${part}`),
  'recenttracks',
])('poison at %s of a Last.fm page is read, set aside or refused', async (path) => {
  const lastfm = house.client();
  for (const value of POISONS) {
    house.sim.fault({ kind: 'wrong-type', path, value });
    const outcome = await lastfm.recentPlays({}).catch((error: unknown) => error);
    house.sim.clearFaults();
    await house.clock.sleep(3_600_000);
    if (outcome instanceof Error) expect(isUpstreamError(outcome), String(outcome)).toBe(true);
    else expect(isFit(outcome), `${path} ${JSON.stringify(value)}`).toBe(true);
  }
});

test('poison in a model’s answer is no choice, or one in fit words', () => {
  for (const poison of POISONS) {
    for (const answer of poisoned({ tracks: [{ id: 1, reason: 'Rain' }, { id: '2', reason: 'Sun' }] }, poison)) {
      expect(isFit(readChoices(objectIn(`So: ${JSON.stringify(answer)}`)))).toBe(true);
    }
    for (const answer of poisoned({ haiku: 'a\nb\nc', summary: 'Words.', film: { title: 'T', year: 1970, director: 'D' } }, poison)) {
      expect(isFit(readWords(objectIn(JSON.stringify(answer)), { model: 'm', language: 'fr' }))).toBe(true);
    }
  }
});
