import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChatRequest, textsSoFar } from '#server/upstreams/euria/index.ts';
import { type EuriaFixture, FULL_TOKENS, openEuriaFixture, SCHEMA, CHAT_REQUEST } from './euriaFixture.ts';

let fixture: EuriaFixture;
beforeEach(async () => {
  fixture = await openEuriaFixture();
});
afterEach(() => fixture.sim.close());

const structured: ChatRequest = { ...CHAT_REQUEST, schema: SCHEMA, schemaName: 'album_words' };

describe('an answer', () => {
  it('is text when text is asked for', async () => {
    const answer = await fixture.client().chat(CHAT_REQUEST);
    expect(answer).toMatchObject({ finishReason: 'stop', model: 'mistralai/Mistral-Small-4-119B-2603' });
    expect(answer.text.split('\n').length).toBeGreaterThan(2);
    expect(answer).not.toHaveProperty('json');
  });

  it('fits the schema when one is given', async () => {
    const { json } = await fixture.client().chat(structured);
    expect(json).toMatchObject({
      haiku: expect.stringContaining('\n') as unknown,
      summary: expect.any(String) as unknown,
      film: null,
    });
    expect(fixture.sim.questions[0]?.response_format).toMatchObject({
      type: 'json_schema',
      json_schema: { name: 'album_words' },
    });
  });

  it('is the same for the same question', async () => {
    const euria = fixture.client();
    expect(await euria.chat(structured)).toEqual(await euria.chat(structured));
  });

  it('says when the limit cut it off, and shows no half object', async () => {
    const answer = await fixture.client().chat({ ...structured, maxTokens: 10 });
    expect(answer).toMatchObject({ finishReason: 'length' });
    expect(answer.json).toBeUndefined();
  });
});

describe('a streamed answer', () => {
  it('is reported as it grows until it is whole', async () => {
    const seen: string[] = [];
    const whole = await fixture.client().chatStream({ ...structured, onText: (soFar) => seen.push(soFar) });
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.every((soFar) => whole.text.startsWith(soFar))).toBe(true);
    expect(seen.at(-1)).toBe(whole.text);
    expect(whole).toMatchObject({ finishReason: 'stop', json: { film: null } });
  });

  it('can be shown while it is written', async () => {
    const seen: string[] = [];
    const whole = await fixture
      .client()
      .chatStream({ ...structured, onText: (soFar) => seen.push(textsSoFar(soFar)['haiku'] ?? '') });
    const haiku = String(whole.json?.['haiku']);
    expect(seen.every((part) => haiku.startsWith(part))).toBe(true);
    expect(new Set(seen).size).toBeGreaterThan(3);
  });

  it('from a service that does not stream is one piece', async () => {
    const plain = await fixture.client().chat(CHAT_REQUEST);
    fixture.sim.fault({
      kind: 'rewrite',
      rewrite: () => ({ json: { model: 'm', choices: [{ message: { content: plain.text }, finish_reason: 'stop' }] } }),
    });
    const pieces: string[] = [];
    expect((await fixture.client().chatStream({ ...CHAT_REQUEST, onText: (soFar) => pieces.push(soFar) })).text).toBe(
      plain.text,
    );
    expect(pieces).toEqual([plain.text]);
  });

  it('that breaks off is a failure, and is not begun again under the reader’s eyes', async () => {
    fixture.sim.fault({ kind: 'rewrite', rewrite: (answer) => ({ ...answer, chunks: firstOf(answer.chunks!, 6) }) });
    const pieces: string[] = [];
    const failed = await fixture.failure(
      fixture.client().chatStream({ ...CHAT_REQUEST, onText: (soFar) => pieces.push(soFar) }),
    );
    expect(failed).toMatchObject({ kind: 'malformed', passing: true });
    expect(pieces.length).toBeGreaterThan(0);
    expect(fixture.sim.questions).toHaveLength(1);
  });

  it('may turn into an error half-way', async () => {
    fixture.sim.fault({
      kind: 'rewrite',
      rewrite: (answer) => ({
        ...answer,
        chunks: firstOf(answer.chunks!, 4, 'data: {"error":{"message":"engine overloaded"}}\n\n'),
      }),
    });
    const failed = await fixture.failure(fixture.client().chatStream({ ...CHAT_REQUEST, onText: () => {} }));
    expect(failed).toMatchObject({ kind: 'broken' });
    expect(failed.message).toContain('engine overloaded');
  });

  it('stops when the person leaves', async () => {
    await fixture.sim.close();
    fixture = await openEuriaFixture({ beforePiece: () => sleep(20) });
    const stop = new AbortController();
    const pieces: string[] = [];
    const asked = fixture.client().chatStream({
      ...CHAT_REQUEST,
      signal: stop.signal,
      onText: (soFar) => {
        pieces.push(soFar);
        if (pieces.length === 3) stop.abort();
      },
    });
    expect(await fixture.failure(asked)).toMatchObject({ kind: 'cancelled' });
    expect(pieces).toHaveLength(3);
  });
});

describe('a model with habits', () => {
  it('that only thinks is asked not to, once; the next question already says so', async () => {
    const euria = fixture.client({ model: 'Qwen/Qwen3.5-122B-A10B-FP8' });
    expect((await euria.chat(structured)).json).toMatchObject({ film: null });
    expect(fixture.sim.questions.map(({ reasoning_effort }) => reasoning_effort)).toEqual([undefined, 'none']);
    await euria.chat(structured);
    expect(fixture.sim.questions).toHaveLength(3);
    const pieces: string[] = [];
    await euria.chatStream({ ...structured, onText: (soFar) => pieces.push(soFar) });
    expect(pieces.length).toBeGreaterThan(3);
  });

  it('that only thinks and will not stop has nothing to say', async () => {
    const failed = await fixture.failure(fixture.client({ model: 'stubborn' }).chat(CHAT_REQUEST));
    expect(failed).toMatchObject({ kind: 'malformed', code: 'no-text' });
    expect(fixture.sim.questions).toHaveLength(3);
  });

  it('that takes no schema is explained, and remembered', async () => {
    const euria = fixture.client({ model: 'plain-speaker' });
    expect((await euria.chat(structured)).json).toMatchObject({ film: null });
    expect((await euria.chat(structured)).json).toMatchObject({ film: null });
    expect(fixture.sim.questions.map(({ response_format }) => response_format !== undefined)).toEqual([
      true,
      false,
      false,
    ]);
    expect(fixture.sim.questions[1]?.messages[0]?.content).toContain('JSON schema');
  });

  it('that knows only the old name of the limit gets that', async () => {
    await fixture.client({ model: 'old-timer' }).chat(CHAT_REQUEST);
    expect(
      fixture.sim.questions.map(({ max_tokens, max_completion_tokens }) => [max_tokens, max_completion_tokens]),
    ).toEqual([
      [undefined, FULL_TOKENS],
      [FULL_TOKENS, undefined],
    ]);
  });

  it.each(['fencer', 'in-parts'])('that wraps its object (%s) is understood, whole and streamed', async (model) => {
    const euria = fixture.client({ model });
    expect((await euria.chat(structured)).json).toMatchObject({ film: null });
    expect((await euria.chatStream({ ...structured, onText: () => {} })).json).toMatchObject({ film: null });
  });

  it('that refuses is heard in its own words, whole and streamed', async () => {
    const euria = fixture.client({ model: 'refuser' });
    const heard = { kind: 'bad-request', code: 'declined', values: { words: 'I would rather not.' }, passing: false };
    expect(await fixture.failure(euria.chat(structured))).toMatchObject(heard);
    expect(await fixture.failure(euria.chatStream({ ...structured, onText: () => {} }))).toMatchObject(heard);
  });
});

describe('the models on offer', () => {
  const names = ['mistralai/Mistral-Small-4-119B-2603', 'Qwen/Qwen3.5-122B-A10B-FP8'];

  it('are listed below the base', async () => {
    expect((await fixture.client().models()).map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  });

  it('are listed at Infomaniak’s own address where the base has no list', async () => {
    await fixture.sim.close();
    fixture = await openEuriaFixture({ listsModels: false });
    const models = await fixture.client().models();
    expect(models.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
    expect(models.map(({ name }) => name)).not.toContain('listener');
    expect(fixture.sim.requests.at(-1)?.path).toBe('/1/ai/models');
  });
});

async function* firstOf(
  chunks: AsyncIterable<string | Uint8Array>,
  count: number,
  last?: string,
): AsyncGenerator<string | Uint8Array> {
  let sent = 0;
  for await (const chunk of chunks) {
    if (sent === count) break;
    sent += 1;
    yield chunk;
  }
  if (last !== undefined) yield last;
}
