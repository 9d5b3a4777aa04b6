import type { SimulatedAnswer } from '../kit/exchange.ts';

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
  /** Wraps its JSON in a code fence. */
  fences?: boolean;
}

export interface WrittenAnswer {
  model: string;
  content: string | null;
  thoughts: string | null;
  finishReason: 'stop' | 'length';
  promptTokens: number;
}

const usage = ({ promptTokens, content }: WrittenAnswer) => {
  const completion = Math.ceil((content ?? '').length / 4);
  return { prompt_tokens: promptTokens, completion_tokens: completion, total_tokens: promptTokens + completion };
};

/** The whole answer at once. */
export function wholeCompletion(answer: WrittenAnswer, now: number): SimulatedAnswer {
  const { model, content, thoughts, finishReason } = answer;
  const message = { role: 'assistant', content, ...(thoughts !== null && { reasoning: thoughts, reasoning_content: thoughts }), tool_calls: [] };
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
export function streamedCompletion(answer: WrittenAnswer, now: number, beforePiece?: () => Promise<unknown>): SimulatedAnswer {
  const { model, content, thoughts, finishReason } = answer;
  const event = (choices: unknown[], more = {}) =>
    `data: ${JSON.stringify({ id: 'chatcmpl-simulated', object: 'chat.completion.chunk', created: Math.floor(now / 1000), model, choices, ...more })}\n\n`;
  const delta = (piece: Record<string, unknown>, finish: string | null = null) => event([{ index: 0, delta: piece, finish_reason: finish }]);
  async function* pieces() {
    yield delta({ role: 'assistant', content: '' });
    if (thoughts !== null) yield delta({ reasoning_content: thoughts });
    for (const piece of (content ?? '').match(/[\s\S]{1,9}/g) ?? []) {
      await beforePiece?.();
      yield delta({ content: piece });
    }
    yield delta({}, finishReason);
    yield event([], { usage: usage(answer) });
    yield 'data: [DONE]\n\n';
  }
  return { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' }, chunks: pieces() };
}
