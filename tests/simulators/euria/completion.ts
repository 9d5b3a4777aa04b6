import type { SimulatedAnswer } from '../kit/exchange.ts';
import { type AnswerShape, SHAPES, type SimulatedMessage } from './shapes.ts';

/** A model on offer and its habits. */
export interface SimulatedModel {
  name: string;
  /** Thinks before it writes, and gets no further, unless it is asked not to (`reasoning_effort: "none"`). */
  thinks?: boolean;
  /** Answers 400 when it is asked not to think. */
  refusesEffort?: boolean;
  /** Answers 400 to a JSON schema. */
  refusesSchema?: boolean;
  /** Knows `max_tokens` only. */
  oldTokensName?: boolean;
  /** What it wraps its answer in. */
  shape?: AnswerShape;
  /** Will not answer, and says so in these words. */
  refuses?: string;
}

export interface WrittenAnswer {
  model: string;
  content: string | null;
  thoughts: string | null;
  shape?: AnswerShape;
  refusal?: string;
  finishReason: 'stop' | 'length';
  promptTokens: number;
}

const usage = ({ promptTokens, content }: WrittenAnswer) => {
  const completion = Math.ceil((content ?? '').length / 4);
  return { prompt_tokens: promptTokens, completion_tokens: completion, total_tokens: promptTokens + completion };
};

function messageOf({ content, thoughts, shape, refusal }: WrittenAnswer): SimulatedMessage {
  if (refusal !== undefined) return { content: null, refusal };
  return {
    ...(thoughts !== null && { reasoning: thoughts, reasoning_content: thoughts }),
    ...(content !== null && shape !== undefined ? SHAPES[shape](content) : { content }),
  };
}

/** A message in pieces: each text in it a few characters at a time. */
function* piecesOf({ content, ...beside }: SimulatedMessage): Generator<Record<string, unknown>> {
  for (const [name, text] of Object.entries(beside)) for (const piece of cutUp(text)) yield { [name]: piece };
  if (typeof content === 'string') for (const piece of cutUp(content)) yield { content: piece };
  for (const part of Array.isArray(content) ? (content as Record<string, unknown>[]) : []) {
    if (typeof part['text'] !== 'string') yield { content: [part] };
    else for (const text of cutUp(part['text'])) yield { content: [{ ...part, text }] };
  }
}

const cutUp = (text: string): readonly string[] => text.match(/[\s\S]{1,9}/g) ?? [];

/** The whole answer at once. */
export function wholeCompletion(answer: WrittenAnswer, now: number): SimulatedAnswer {
  const { model, finishReason } = answer;
  const message = { role: 'assistant', ...messageOf(answer), tool_calls: [] };
  return {
    json: {
      id: 'chatcmpl-simulated',
      object: 'chat.completion',
      created: Math.floor(now / 1000),
      model,
      choices: [{ index: 0, message, finish_reason: finishReason, logprobs: null }],
      usage: usage(answer),
    },
  };
}

/** The answer as server-sent events: a few characters each, the usage in a last one without choices, then [DONE]. */
export function streamedCompletion(
  answer: WrittenAnswer,
  now: number,
  beforePiece?: () => Promise<unknown>,
): SimulatedAnswer {
  const { model, finishReason } = answer;
  const event = (choices: unknown[], more = {}) =>
    `data: ${JSON.stringify({ id: 'chatcmpl-simulated', object: 'chat.completion.chunk', created: Math.floor(now / 1000), model, choices, ...more })}\n\n`;
  const delta = (piece: Record<string, unknown>, finish: string | null = null) =>
    event([{ index: 0, delta: piece, finish_reason: finish }]);
  async function* pieces() {
    yield delta({ role: 'assistant', content: '' });
    for (const piece of piecesOf(messageOf(answer))) {
      await beforePiece?.();
      yield delta(piece);
    }
    yield delta({}, finishReason);
    yield event([], { usage: usage(answer) });
    yield 'data: [DONE]\n\n';
  }
  return { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' }, chunks: pieces() };
}
