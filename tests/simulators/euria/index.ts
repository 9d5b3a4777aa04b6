import * as v from 'valibot';
import type { CatalogueRecord } from '../catalogue/record.ts';
import type { SimulatedAnswer, SimulatedRequest } from '../kit/exchange.ts';
import type { Fault } from '../kit/faults.ts';
import { RateWindow } from '../kit/rateWindow.ts';
import { startSimulatorServer } from '../kit/simulatorServer.ts';
import { type SimulatedModel, streamedCompletion, wholeCompletion, type WrittenAnswer } from './completion.ts';
import { fill } from './fill.ts';
import { haiku, summary, type PromptContext } from './generatedText.ts';

export type { SimulatedModel } from './completion.ts';

export interface EuriaSimulatorOptions {
  /** Default: any free port. */
  port?: number;
  token?: string;
  /** Default: two of Infomaniak's, one of which thinks. */
  models?: readonly SimulatedModel[];
  /** Whether `/models` below the base is there; `/1/ai/models` always is. Default true. */
  listsModels?: boolean;
  /** Records it can name when a prompt holds their artist and title. */
  catalogue?: readonly CatalogueRecord[];
  /** Writes the answer instead of the simulator: text, or an object sent as JSON; undefined leaves it to the simulator. */
  write?: (asked: EuriaQuestion) => string | Record<string, unknown> | undefined;
  /** Waited for before each piece of a streamed answer. */
  beforePiece?: () => Promise<unknown>;
  requestsPerMinute?: number;
  /** Milliseconds since the epoch. Default: the real time. */
  now?: () => number;
}

/** What was asked of the model. */
export type EuriaQuestion = v.InferOutput<typeof Question>;

/** A simulated EurIA: one product of Infomaniak's AI Tools. */
export interface EuriaSimulator {
  /** For `EURIA_URL`. */
  readonly url: string;
  readonly port: number;
  readonly token: string;
  readonly requests: readonly SimulatedRequest[];
  /** The questions it was asked, refused ones too. */
  readonly questions: EuriaQuestion[];
  /** Withdraws a model, as happens. */
  withdraw(model: string): void;
  fault(fault: Fault): void;
  clearFaults(): void;
  close(): Promise<void>;
}

export const DEFAULT_MODELS: readonly SimulatedModel[] = [
  { name: 'mistralai/Mistral-Small-4-119B-2603', refusesEffort: true },
  { name: 'Qwen/Qwen3.5-122B-A10B-FP8', thinks: true },
];

const Question = v.object({
  model: v.string(),
  messages: v.array(v.object({ role: v.string(), content: v.string() })),
  stream: v.optional(v.boolean(), false),
  max_tokens: v.optional(v.number()),
  max_completion_tokens: v.optional(v.number()),
  reasoning_effort: v.optional(v.string()),
  response_format: v.optional(
    v.object({
      type: v.string(),
      json_schema: v.optional(v.object({ name: v.string(), schema: v.record(v.string(), v.unknown()) })),
    }),
  ),
});

const BASE = '/2/ai/1/openai/v1';

const envelope = (status: number, code: string, description: string, errors?: unknown[]): SimulatedAnswer => ({
  status,
  json: { result: 'error', error: { code, description, ...(errors && { errors }) } },
});
const backendError = (message: string): SimulatedAnswer => ({
  status: 400,
  json: { error: { message, type: 'BadRequestError', param: null, code: 400 } },
});

/** Starts a simulated EurIA on loopback. */
export async function startEuriaSimulator(options: EuriaSimulatorOptions = {}): Promise<EuriaSimulator> {
  const { token = 'euria-token', listsModels = true, catalogue = [], beforePiece, now = Date.now } = options;
  const window = new RateWindow(options.requestsPerMinute ?? 60, 60_000, now);
  let models = [...(options.models ?? DEFAULT_MODELS)];

  function chat(request: SimulatedRequest): SimulatedAnswer {
    const read = v.safeParse(Question, parsed(request.body));
    if (!read.success) return envelope(400, 'validation_failed', 'Validation failed');
    const asked = read.output;
    const model = models.find(({ name }) => name === asked.model);
    if (!model) {
      const values = models.map(({ name }) => name);
      const about = {
        code: 'validation_rule_in',
        description: 'The selected model is invalid.',
        context: { attribute: 'model', values },
      };
      return envelope(400, 'validation_failed', 'Validation failed', [about]);
    }
    const refusal = refusalOf(model, asked);
    if (refusal !== null) return backendError(refusal);
    const answer = written(model, asked);
    return asked.stream ? streamedCompletion(answer, now(), beforePiece) : wholeCompletion(answer, now());
  }

  function written(model: SimulatedModel, asked: EuriaQuestion): WrittenAnswer {
    const promptTokens = Math.ceil(asked.messages.reduce((sum, { content }) => sum + content.length, 0) / 4);
    const base = { model: model.name, promptTokens };
    if (model.thinks && asked.reasoning_effort !== 'none') {
      return {
        ...base,
        content: null,
        thoughts: 'The person asks for a few words. Let me think about the album first.',
        finishReason: 'length',
      };
    }
    const content = contentOf(asked);
    const room = (asked.max_completion_tokens ?? asked.max_tokens ?? 5000) * 4;
    return {
      ...base,
      content: content.slice(0, room),
      thoughts: null,
      finishReason: content.length > room ? 'length' : 'stop',
      ...(model.shape && { shape: model.shape }),
      ...(model.refuses !== undefined && { refusal: model.refuses }),
    };
  }

  function contentOf(asked: EuriaQuestion): string {
    const own = options.write?.(asked);
    if (own !== undefined) return typeof own === 'string' ? own : JSON.stringify(own);
    const prompt = asked.messages.map(({ content }) => content).join('\n');
    const record = catalogue.find(({ artist, title }) => prompt.includes(title) && prompt.includes(artist));
    const promptContext: PromptContext = {
      prompt,
      language: /fran[cç]ais|french|\bfr\b/i.test(prompt) ? 'fr' : 'en',
      record,
    };
    const schema = asked.response_format?.json_schema?.schema ?? schemaFromPrompt(prompt);
    return schema
      ? JSON.stringify(fill(schema, '', promptContext))
      : `${haiku(promptContext)}\n\n${summary(promptContext)}`;
  }

  function handle(request: SimulatedRequest): SimulatedAnswer {
    const known = request.headers['authorization'] === `Bearer ${token}`;
    if (!known) return envelope(401, 'not_authorized', 'Authorization required');
    if (!window.take().allowed)
      return { ...envelope(429, 'too_many_requests', 'Too many requests'), headers: { 'retry-after': '30' } };
    if (request.path === `${BASE}/chat/completions` && request.method === 'POST') return chat(request);
    if (request.path === `${BASE}/models` && listsModels)
      return {
        json: {
          object: 'list',
          data: models.map(({ name }) => ({ id: name, object: 'model', owned_by: 'infomaniak' })),
        },
      };
    if (request.path === '/1/ai/models') {
      const speech = { id: 2, name: 'listener', type: 'stt', info_status: 'ready', max_token_input: null };
      return {
        json: {
          result: 'success',
          data: [
            speech,
            ...models.map(({ name }, at) => ({
              id: 10 + at,
              name,
              type: 'llm',
              info_status: 'ready',
              max_token_input: 100_000,
            })),
          ],
        },
      };
    }
    return envelope(404, 'method_not_found', 'Method not found');
  }

  const server = await startSimulatorServer({ port: options.port ?? 0, handle });
  return {
    url: `${server.url}${BASE}`,
    port: server.port,
    token,
    requests: server.requests,
    get questions() {
      const asked = server.requests.filter(({ path }) => path.endsWith('/chat/completions'));
      return asked.flatMap(({ body }) => {
        const read = v.safeParse(Question, parsed(body));
        return read.success ? [read.output] : [];
      });
    },
    withdraw: (name) => void (models = models.filter((model) => model.name !== name)),
    fault: (fault) => server.fault(fault),
    clearFaults: () => server.clearFaults(),
    close: () => server.close(),
  };
}

/** What this model does not take, in the words of the server behind it. */
function refusalOf(model: SimulatedModel, asked: EuriaQuestion): string | null {
  if (asked.response_format?.type === 'json_object') return "Unsupported response_format type 'json_object'";
  if (model.refusesEffort && asked.reasoning_effort !== undefined)
    return 'reasoning_effort is not supported by this model';
  if (model.refusesSchema && asked.response_format !== undefined)
    return 'response_format json_schema is not supported by this model';
  if (model.oldTokensName && asked.max_completion_tokens !== undefined)
    return 'Unsupported parameter: max_completion_tokens, use max_tokens';
  return null;
}

/** The schema a client writes into the conversation when the service takes none. */
function schemaFromPrompt(prompt: string): Record<string, unknown> | undefined {
  const written = /JSON schema[^{]*(\{.*\})/.exec(prompt)?.[1];
  return written === undefined ? undefined : (parsed(written) as Record<string, unknown> | undefined);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
