import assert from 'node:assert/strict';
import { readJson } from '#shared/text/json.ts';
import { parseAlbumText } from '#server/enrichment/albumText/prompt.ts';
import { readChoices } from '#server/playlists/aiPrompt.ts';
import { objectIn } from '#server/upstreams/euria/json.ts';
import { SeededChance } from '#tests/simulators/catalogue/random.ts';
import { LARGE, poisoned, POISONS } from './inventedValues.ts';
import type { StressOptions } from './stressTest.ts';
import { HELD, type Tally } from './tally.ts';
import { ANSWERS, outcomeOf, ROON_ANSWERS, unfit } from './upstreamAnswers.ts';

const CHOICES = {
  tracks: [
    { id: 1, reason: 'Rain' },
    { id: '2', reason: 'Sun' },
  ],
};
const ALBUM_TEXT = { haiku: 'a\nb\nc', summary: 'Words.', film: { title: 'T', year: 1970, director: 'D' } };

/** What is read of each service's answers, by what it was: nothing unfit may come of it. */
const READERS: [of: string, usual: unknown, read: (said: unknown) => Promise<unknown>][] = [
  ...ANSWERS.map(([of, usual, ask]): (typeof READERS)[number] => [
    of,
    usual,
    async (said) => (await outcomeOf(said, ask)).read,
  ]),
  ...ROON_ANSWERS.map(([of, usual, read]): (typeof READERS)[number] => [
    of,
    usual,
    async (said) => (await outcomeOf(said, () => read(readJson(JSON.stringify(said))))).read,
  ]),
  ['a model’s choices', CHOICES, async (said) => readChoices(objectIn(`So: ${JSON.stringify(said)}`))?.choices],
  [
    'a model’s words',
    ALBUM_TEXT,
    async (said) => parseAlbumText(objectIn(JSON.stringify(said)), { model: 'm', language: 'fr' }),
  ],
];

/**
 * Every part of every answer of every service, with each poison in its place: it is read without it, set aside or refused in words.
 * `share` takes that part of them.
 */
export async function stressUpstreamPoison({
  seed,
  share = 1,
  until = Infinity,
  say = () => undefined,
}: StressOptions & { share?: number }): Promise<Partial<Tally>> {
  const chance = new SeededChance(seed + 19);
  let tried = 0;
  for (const [of, usual, read] of READERS) {
    for (const poison of [...POISONS, LARGE]) {
      for (const said of poisoned(usual, poison)) {
        if (!chance.happens(share) || Date.now() > until) continue;
        tried += 1;
        assert.deepEqual(unfit(await read(said)), [], `${of}: ${JSON.stringify(said)?.slice(0, 600)}`);
      }
    }
  }
  say(`${tried} answers of ${READERS.length} kinds`);
  return { ...HELD, tried };
}
