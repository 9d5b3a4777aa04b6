import type { SetAside } from '#server/kit/http/setAside.ts';
import { isUpstreamError, UpstreamError } from '#server/kit/http/upstreamError.ts';
import type { UpstreamAnswer } from '#server/kit/http/upstreamAnswer.ts';
import { UpstreamHttp, type UpstreamHttpOptions } from '#server/kit/http/upstreamHttp.ts';
import { upstreamUrl } from '#server/kit/http/upstreamUrl.ts';
import { jsonIfAny, notData, parseResponse, upstreamMessage } from '#server/kit/http/responseSchema.ts';
import type { Redacted } from '#server/kit/redacted.ts';
import { chatBody, type ChatRequest, type Dialect, FIRST_DIALECT, otherDialect } from './dialect.ts';
import { complaintIn, errorFor, ModelUnknownError, unanswered } from './errorMapping.ts';
import { objectIn } from './json.ts';
import { instructionsIn } from './placeholders.ts';
import { EURIA, type EuriaSettings } from './settings.ts';
import { EventReader } from './sse.ts';
import { type Completion, CompletionAnswer, CompletionStream, ModelsAnswer, type OfferedModel } from './schema.ts';

export interface EuriaClientOptions extends Pick<
  UpstreamHttpOptions,
  'clock' | 'userAgent' | 'onAttemptFailed' | 'timeoutMs' | 'rateLimiter'
> {
  settings: EuriaSettings;
  /** A streamed answer's limit, from the first byte sent to the last received. */
  streamTimeoutMs?: number;
  /** Called with offered models that could not be read. */
  onSetAside?: (list: string, entries: SetAside[]) => void;
}

export interface ChatAnswer {
  text: string;
  /** The text as it can be quoted: one line of bounded length. */
  quotable: string;
  /** The object in the text when a schema was given; absent when there is none. To be validated by the caller. */
  json?: Record<string, unknown>;
  /** `length` when the limit of tokens cut it off. */
  finishReason: string | null;
  /** The model as the service names it. */
  model: string;
}

export type EuriaClient = ReturnType<typeof createEuriaClient>;

/** Talks to EurIA, or to any service that takes OpenAI's chat completions. */
export function createEuriaClient(options: EuriaClientOptions) {
  const { settings } = options;
  const timeoutMs = options.timeoutMs ?? 60_000;
  const http = new UpstreamHttp({
    upstream: EURIA,
    clock: options.clock,
    userAgent: options.userAgent,
    timeoutMs,
    // Three or four of a hundred answers time out; the next attempt rarely does.
    retries: 1,
    ...(options.rateLimiter && { rateLimiter: options.rateLimiter }),
    ...(options.onAttemptFailed && { onAttemptFailed: options.onAttemptFailed }),
  });
  const authorization: Record<string, string> = settings.token
    ? { authorization: `Bearer ${settings.token.reveal()}` }
    : {};
  const dialects = new Map<string, Dialect>();
  const reportSetAside = (entries: SetAside[]) => options.onSetAside?.('answers', entries);

  /** The error in an answer of any status; null when it is a completion or a stream of events. */
  const refusal = (answer: UpstreamAnswer, model: string) =>
    complaintIn(answer.status, jsonIfAny(answer.text()))
      ? errorFor(answer.status, answer.text(), model, settings.token)
      : null;
  const validatorFor = (model: string) => (answer: UpstreamAnswer) => {
    const isStream = /^\s*(?:data|event|id|retry)?:/.test(answer.text());
    return answer.status >= 500 || isStream ? null : (refusal(answer, model) ?? notData(answer));
  };

  async function post(
    body: Record<string, unknown>,
    model: string,
    signal: AbortSignal | undefined,
    onChunk?: (bytes: Uint8Array) => void,
  ): Promise<UpstreamAnswer> {
    return http.request({
      url: upstreamUrl(EURIA, settings.url, 'chat/completions'),
      method: 'POST',
      repeatable: true,
      headers: {
        ...authorization,
        'content-type': 'application/json',
        accept: onChunk ? 'text/event-stream' : 'application/json',
      },
      body: JSON.stringify(body),
      validate: validatorFor(model),
      ...(signal && { signal }),
      ...(onChunk && { onChunk, timeoutMs: options.streamTimeoutMs ?? 180_000 }),
    });
  }

  async function askWhole(body: Record<string, unknown>, model: string, signal?: AbortSignal): Promise<Completion> {
    return parseResponse(EURIA, CompletionAnswer, (await post(body, model, signal)).json(), reportSetAside);
  }

  async function askStream(
    body: Record<string, unknown>,
    model: string,
    onText: (soFar: string) => void,
    signal?: AbortSignal,
  ): Promise<Completion> {
    const stream = new CompletionStream(onText);
    const events = new EventReader((data) => stream.take(data));
    const answer = await post(body, model, signal, (bytes) => events.feed(bytes));
    events.end();
    if (stream.events === 0) {
      const completion = parseResponse(EURIA, CompletionAnswer, answer.json(), reportSetAside);
      if (completion.text !== '') onText(completion.text);
      return completion;
    }
    if (stream.error !== undefined) throw errorFor(500, JSON.stringify(stream.error), model, settings.token);
    if (!stream.finished)
      throw new UpstreamError({
        upstream: EURIA,
        kind: 'malformed',
        message: 'EurIA broke off in the middle of its answer',
      });
    return stream.completion;
  }

  /** Asks in the way the model is known to like, and in others when it refuses; what worked is remembered. */
  async function converse(
    request: ChatRequest,
    ask: (body: Record<string, unknown>, model: string, signal?: AbortSignal) => Promise<Completion>,
    stream: boolean,
  ): Promise<ChatAnswer> {
    const model = request.model ?? settings.model;
    let dialect = dialects.get(model) ?? FIRST_DIALECT;
    for (;;) {
      let completion: Completion;
      try {
        completion = await ask(chatBody(request, model, dialect, stream), model, request.signal);
      } catch (error) {
        if (error instanceof ModelUnknownError) throw await withNames(error, request.signal);
        const other =
          isUpstreamError(error) && error.kind === 'bad-request'
            ? otherDialect(dialect, error.message, request.schema !== undefined)
            : null;
        if (!other) throw error;
        dialect = other;
        continue;
      }
      if (completion.text === '' && completion.thought && dialect.thinking === 'as-it-likes') {
        dialect = { ...dialect, thinking: 'off' };
        continue;
      }
      dialects.set(model, dialect);
      return answered(completion, request, model, settings.token);
    }
  }

  /** An unknown model's error with the names on offer, where the error itself names none and the list can be had. */
  async function withNames(error: ModelUnknownError, signal?: AbortSignal): Promise<ModelUnknownError> {
    if (error.allowedModels.length > 0) return error;
    try {
      const offered = await models(signal);
      return new ModelUnknownError(
        error.model,
        offered.map(({ name }) => name),
        error.status,
      );
    } catch (failure) {
      if (isUpstreamError(failure)) return error;
      throw failure;
    }
  }

  async function modelsAt(url: URL, signal?: AbortSignal): Promise<OfferedModel[]> {
    const answer = await http.request({
      url,
      headers: authorization,
      validate: validatorFor(''),
      timeoutMs: Math.min(timeoutMs, 15_000),
      ...(signal && { signal }),
    });
    return parseResponse(EURIA, ModelsAnswer, answer.json(), (entries) => options.onSetAside?.('models', entries));
  }

  /** The models that can chat, from OpenAI's list or, at Infomaniak, from its own. */
  async function models(signal?: AbortSignal): Promise<OfferedModel[]> {
    try {
      return await modelsAt(upstreamUrl(EURIA, settings.url, 'models'), signal);
    } catch (error) {
      const root = infomaniakRoot(settings.url);
      if (root === null || !isUpstreamError(error) || !['bad-request', 'not-found', 'malformed'].includes(error.kind))
        throw error;
      return modelsAt(upstreamUrl(EURIA, root, '1/ai/models'), signal);
    }
  }

  return {
    /** Until when the service asked to be left alone, in milliseconds since the epoch; persist it and give it back. */
    get blockedUntil() {
      return http.blockedUntil;
    },
    set blockedUntil(at: number) {
      http.blockedUntil = at;
    },

    /** One answer, whole. @throws ModelUnknownError with the names on offer, other UpstreamErrors. */
    chat: (request: ChatRequest): Promise<ChatAnswer> => converse(request, askWhole, false),

    /** The same, with `onText` called with all that is written by now, again and again. It must not throw; abort the signal to stop. */
    chatStream: (request: ChatRequest & { onText: (soFar: string) => void }): Promise<ChatAnswer> =>
      converse(request, (body, model, signal) => askStream(body, model, request.onText, signal), true),

    models,
  };
}

function answered(completion: Completion, request: ChatRequest, asked: string, token?: Redacted): ChatAnswer {
  const { text, refusal, finishReason, model } = completion;
  const json = request.schema ? objectIn(text, request.schema, instructionsIn(request)) : undefined;
  if (text === '' || (request.schema && !json && refusal !== '')) throw unanswered(completion, token);
  return {
    text,
    quotable: upstreamMessage(text, [token]),
    ...(json && { json }),
    finishReason,
    model: model === '' ? asked : model,
  };
}

/** The API's root when the base looks like one of Infomaniak's products, whatever the host: "…/2/ai/PRODUCT/openai/v1". */
function infomaniakRoot(url: string): string | null {
  return /^(.*)\/[12]\/ai\/\d+\/openai(?:\/v1)?\/*$/.exec(url)?.[1] ?? null;
}
