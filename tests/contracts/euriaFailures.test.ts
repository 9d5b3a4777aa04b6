import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Redacted } from '#server/kit/redacted.ts';
import { ModelUnknownError } from '#server/upstreams/euria/index.ts';
import { type EuriaFixture, openEuriaFixture, CHAT_REQUEST } from './euriaFixture.ts';
import { patienceWith, COMMON_FAULTS } from './outcomes.ts';

/** Nothing was sent that could be taken for the beginning of an answer. */
const BEFORE_ANY_WORD = ['a problem of its own', "a gateway's page", 'an empty answer', 'a closed connection'];

let fixture: EuriaFixture;
beforeEach(async () => {
  fixture = await openEuriaFixture();
});
afterEach(() => fixture.sim.close());

describe('a transient fault', () => {
  it.each(COMMON_FAULTS)('%s passes, and is reported', async (_what, fault, kind) => {
    fixture.sim.fault(fault);
    expect((await fixture.client({}, patienceWith(fault)).chat(CHAT_REQUEST)).finishReason).toBe('stop');
    expect(fixture.failures.map((one) => one.kind)).toEqual([kind]);
  });

  it.each(COMMON_FAULTS)(
    '%s that lasts becomes a failure, after a second attempt and no third',
    async (_what, fault, kind) => {
      fixture.sim.fault({ ...fault, times: Infinity });
      expect(await fixture.failure(fixture.client({}, patienceWith(fault)).chat(CHAT_REQUEST))).toMatchObject({
        kind,
        passing: true,
      });
      expect(fixture.sim.requests).toHaveLength(2);
    },
  );

  it.each(COMMON_FAULTS.filter(([what]) => BEFORE_ANY_WORD.includes(what)))(
    '%s before the first word of a stream passes too',
    async (_what, fault) => {
      fixture.sim.fault(fault);
      const pieces: string[] = [];
      const { text } = await fixture.client().chatStream({ ...CHAT_REQUEST, onText: (soFar) => pieces.push(soFar) });
      expect(pieces.at(-1)).toBe(text);
    },
  );

  it.each([
    ['no choices', 'choices', undefined],
    ['choices that are none', 'choices', 'none'],
    ['no choice at all', 'choices', []],
    ['a choice without words', 'choices.0.message', null],
    ['words of another kind', 'choices.0.message.content', { text: 'hm' }],
  ])('%s is no answer', async (_what, path, value) => {
    fixture.sim.fault({ kind: 'wrong-type', path, value });
    expect(await fixture.failure(fixture.client().chat(CHAT_REQUEST))).toMatchObject({ kind: 'malformed' });
  });

  it('is a rate limit, reported with the time to come back', async () => {
    const euria = fixture.client();
    fixture.sim.fault({
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '120' },
      body: '{"result":"error","error":{"code":"too_many_requests"}}',
    });
    expect(await fixture.failure(euria.chat(CHAT_REQUEST))).toMatchObject({
      kind: 'rate-limited',
      retryAfterSeconds: 120,
    });
    const next = fixture.client();
    next.blockedUntil = euria.blockedUntil;
    expect(await fixture.failure(next.chat(CHAT_REQUEST))).toMatchObject({ kind: 'rate-limited' });
    expect(fixture.sim.requests).toHaveLength(1);
  });
});

describe('a model that is not there', () => {
  it('is reported with the names that exist, from the refusal itself', async () => {
    const failed = await fixture.failure(fixture.client({ model: 'mistral-large-latest' }).chat(CHAT_REQUEST));
    expect(failed).toBeInstanceOf(ModelUnknownError);
    expect(failed).toMatchObject({
      kind: 'bad-request',
      code: 'model-unknown',
      model: 'mistral-large-latest',
      passing: false,
    });
    expect((failed as ModelUnknownError).allowedModels).toContain('mistralai/Mistral-Small-4-119B-2603');
    expect(fixture.sim.requests).toHaveLength(1);
  });

  it('may have been withdrawn since the last answer', async () => {
    const euria = fixture.client();
    await euria.chat(CHAT_REQUEST);
    fixture.sim.withdraw('mistralai/Mistral-Small-4-119B-2603');
    expect(await fixture.failure(euria.chat(CHAT_REQUEST))).toMatchObject({ code: 'model-unknown' });
    expect(await fixture.failure(euria.chatStream({ ...CHAT_REQUEST, onText: () => {} }))).toMatchObject({
      code: 'model-unknown',
    });
  });

  it('is reported with the names of the list where the refusal names none', async () => {
    fixture.sim.fault({
      kind: 'status',
      status: 404,
      body: '{"error":{"message":"The model `x` does not exist.","code":"model_not_found"}}',
    });
    const failed = await fixture.failure(fixture.client({ model: 'x' }).chat(CHAT_REQUEST));
    expect((failed as ModelUnknownError).allowedModels).toContain('Qwen/Qwen3.5-122B-A10B-FP8');
  });

  it('is reported without names where even the list cannot be had', async () => {
    fixture.sim.fault({ kind: 'status', status: 404, body: '{"error":"model \'x\' not found, try pulling it first"}' });
    fixture.sim.fault({ kind: 'status', status: 500, times: Infinity });
    const failed = await fixture.failure(fixture.client({ model: 'x' }).chat(CHAT_REQUEST));
    expect(failed).toMatchObject({ code: 'model-unknown', allowedModels: [] });
  });
});

describe('what a person must do something about', () => {
  it('is a token that is refused, or missing', async () => {
    expect(await fixture.failure(fixture.client({ token: new Redacted('wrong') }).chat(CHAT_REQUEST))).toMatchObject({
      kind: 'refused',
      code: 'bad-token',
      passing: false,
    });
    expect(await fixture.failure(fixture.client({ token: undefined }).chat(CHAT_REQUEST))).toMatchObject({
      kind: 'refused',
      code: 'bad-token',
    });
    expect(fixture.sim.requests).toHaveLength(2);
  });

  it.each([403, 401, 400, 200])(
    'is a token without the right to AI Tools, whatever the status (%i)',
    async (status) => {
      fixture.sim.fault({
        kind: 'status',
        status,
        body: '{"result":"error","error":{"code":"invalid_scope_token","description":"missing_ai_tools_scope"}}',
      });
      expect(await fixture.failure(fixture.client().chat(CHAT_REQUEST))).toMatchObject({
        kind: 'refused',
        code: 'missing-scope',
      });
    },
  );

  it('is an address where something else is, or nothing', async () => {
    const elsewhere = fixture.client({ url: fixture.sim.url.replace('/2/ai/1/', '/2/ai/999/') });
    expect(await fixture.failure(elsewhere.chat(CHAT_REQUEST))).toMatchObject({
      kind: 'bad-request',
      code: 'wrong-address',
    });
    fixture.sim.fault({ kind: 'html', status: 404 });
    expect(await fixture.failure(fixture.client().chat(CHAT_REQUEST))).toMatchObject({
      kind: 'bad-request',
      code: 'wrong-address',
    });
    expect(await fixture.failure(fixture.client({ url: 'euria' }).chat(CHAT_REQUEST))).toMatchObject({
      code: 'bad-address',
    });
  });

  it('is a question it does not take, in its own words, asked once', async () => {
    fixture.sim.fault({
      kind: 'status',
      status: 400,
      body: '{"error":{"message":"maximum context length is 8192 tokens","code":400}}',
    });
    const failed = await fixture.failure(fixture.client().chat(CHAT_REQUEST));
    expect(failed).toMatchObject({ kind: 'bad-request' });
    expect(failed.message).toContain('maximum context length');
    expect(fixture.sim.requests).toHaveLength(1);
  });
});
