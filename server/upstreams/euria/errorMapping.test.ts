import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UpstreamError } from '#server/kit/http/upstreamError.ts';
import { parseResponse } from '#server/kit/http/responseSchema.ts';
import { Redacted } from '#server/kit/redacted.ts';
import { mutated } from '#tests/arbitraries/mutated.ts';
import { otherDialect } from './dialect.ts';
import { complaintIn, errorFor, ModelUnknownError } from './errorMapping.ts';
import { CompletionAnswer, ModelsAnswer } from './schema.ts';

const envelope = (code: string, description: string, errors?: unknown) => ({
  result: 'error',
  error: { code, description, ...(errors !== undefined && { errors }) },
});
const REFUSED_MODEL = envelope('validation_failed', 'Validation failed', [
  {
    code: 'validation_rule_in',
    description: 'The selected model is invalid.',
    context: { attribute: 'model', values: ['small', 'large'] },
  },
]);

describe('errorFor', () => {
  it.each([
    ['missing scope', 403, envelope('invalid_scope_token', 'missing_ai_tools_scope'), 'refused', 'missing-scope'],
    [
      'missing scope with another status',
      400,
      envelope('invalid_scope_token', 'missing_ai_tools_scope'),
      'refused',
      'missing-scope',
    ],
    ['a wrong path', 404, envelope('method_not_found', 'Method not found'), 'bad-request', 'wrong-address'],
    ['a page that is not there', 404, '<html>404</html>', 'bad-request', 'wrong-address'],
    [
      'a bad token',
      401,
      { error: { message: 'Incorrect API key provided: tok_secret_123', type: 'x' } },
      'refused',
      'bad-token',
    ],
    ['an unpaid account', 402, '', 'refused', 'no-credit'],
    [
      "a model that OpenAI's shape does not find",
      404,
      { error: { message: 'The model `x` does not exist', code: 'model_not_found' } },
      'bad-request',
      'model-unknown',
    ],
    [
      "a model that vLLM's shape does not find",
      404,
      { object: 'error', message: 'The model `x` does not exist.', code: 404, param: null },
      'bad-request',
      'model-unknown',
    ],
    [
      'a model a local server lacks',
      404,
      { error: "model 'x' not found, try pulling it first" },
      'bad-request',
      'model-unknown',
    ],
    [
      'a feature the model lacks',
      400,
      { error: { message: 'This model: response_format json_schema is not supported' } },
      'bad-request',
      undefined,
    ],
    ['too long a prompt', 400, { detail: 'context length exceeded' }, 'bad-request', undefined],
    ['a problem inside a stream', 500, { error: { message: 'overloaded' } }, 'broken', undefined],
  ])('recognises %s', (_what, status, body, kind, code) => {
    const error = errorFor(
      status,
      typeof body === 'string' ? body : JSON.stringify(body),
      'x',
      new Redacted('tok_secret_123'),
    );
    expect(error).toMatchObject({ upstream: 'EurIA', kind, status });
    expect(error.code).toBe(code);
    expect(error.message).not.toContain('tok_secret_123');
  });

  it('lists the models on offer where the service does', () => {
    const error = errorFor(400, JSON.stringify(REFUSED_MODEL), 'mistral-large-latest');
    expect(error).toBeInstanceOf(ModelUnknownError);
    expect(error).toMatchObject({
      code: 'model-unknown',
      model: 'mistral-large-latest',
      allowedModels: ['small', 'large'],
    });
  });

  it('knows an error that comes with status 200', () => {
    expect(complaintIn(200, REFUSED_MODEL)).toMatchObject({ about: 'model' });
    expect(complaintIn(200, { choices: [], message: 'fine' })).toBeNull();
  });
});

describe('otherDialect', () => {
  const dialect = { takesSchema: true, tokens: 'max_completion_tokens', thinking: 'as-it-likes' } as const;

  it('undoes what the words complain of, and knows when nothing is left', () => {
    expect(otherDialect({ ...dialect, thinking: 'off' }, 'reasoning_effort', true)?.thinking).toBe('fixed');
    expect(otherDialect(dialect, 'Unsupported parameter: max_completion_tokens', true)?.tokens).toBe('max_tokens');
    expect(otherDialect(dialect, 'response_format is not supported', true)?.takesSchema).toBe(false);
    expect(otherDialect(dialect, 'EurIA did not accept the request (400)', true)?.takesSchema).toBe(false);
    expect(otherDialect(dialect, 'response_format is not supported', false)).toBeNull();
    expect(otherDialect(dialect, 'context length exceeded', true)).toBeNull();
  });
});

describe('models', () => {
  it("are read from OpenAI's list and from Infomaniak's, those for chatting only", () => {
    expect(parseResponse('EurIA', ModelsAnswer, { object: 'list', data: [{ id: 'a/b', object: 'model' }] })).toEqual([
      { name: 'a/b', ready: true },
    ]);
    const listed = {
      result: 'success',
      data: [
        { id: 2, name: 'listener', type: 'stt', info_status: 'ready' },
        { id: 6, name: 'writer', type: 'llm', info_status: 'ready' },
        { id: 7, name: 'coming', type: 'llm', info_status: 'starting' },
        null,
      ],
    };
    expect(parseResponse('EurIA', ModelsAnswer, listed)).toEqual([
      { name: 'writer', ready: true },
      { name: 'coming', ready: false },
    ]);
  });
});

describe('whatever comes', () => {
  const completion = {
    model: 'm',
    choices: [{ index: 0, message: { role: 'assistant', content: 'Hi', reasoning: null }, finish_reason: 'stop' }],
  };

  it.each(Object.entries({ CompletionAnswer, ModelsAnswer }))(
    '%s reads it or refuses it with an UpstreamError',
    (_name, parser) => {
      fc.assert(
        fc.property(fc.oneof(mutated(completion), mutated({ data: [{ id: 'x' }] })), (value) => {
          try {
            parseResponse('EurIA', parser, value);
          } catch (error) {
            expect(error).toBeInstanceOf(UpstreamError);
          }
        }),
      );
    },
  );

  it('an error body becomes an UpstreamError', () => {
    fc.assert(
      fc.property(
        fc.oneof(mutated(REFUSED_MODEL), mutated({ error: { message: 'x', code: 1 } })),
        fc.integer({ min: 400, max: 499 }),
        (body, status) => {
          expect(errorFor(status, JSON.stringify(body) ?? '', 'x')).toBeInstanceOf(UpstreamError);
        },
      ),
    );
  });
});
