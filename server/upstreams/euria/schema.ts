import * as v from 'valibot';
import { wellFormed } from '#shared/text/wellFormed.ts';
import {
  boundedText,
  looseList,
  looseText,
  record,
  requiredList,
  textOrNull,
} from '#server/kit/http/responseSchema.ts';
import { Message, type Said } from './message.ts';
import { visibleSoFar, visibleText } from './thinking.ts';

/** What a model wrote, whether it came whole or in pieces. */
export interface Completion {
  text: string;
  /** Why it will not answer, in its own words; '' when it does not say so. */
  refusal: string;
  /** It thought, whatever it wrote then. */
  thought: boolean;
  /** stop, length …; null when the service does not say. */
  finishReason: string | null;
  /** The name the service gives the model; '' when it gives none. */
  model: string;
}

const NOTHING: Said = { text: '', refusal: '', thought: false };
const Choice = record({
  message: v.optional(Message, {}),
  delta: v.optional(Message, {}),
  finish_reason: v.optional(textOrNull, null),
});

/** The one reading of what a model said, whichever way it came. */
function completed({ text, refusal, thought }: Said, finishReason: string | null, model: string): Completion {
  const visible = visibleText(text);
  return {
    text: visible.text,
    refusal: wellFormed(refusal.trim()),
    thought: thought || visible.thought,
    finishReason,
    model: wellFormed(model),
  };
}

export const CompletionAnswer = v.pipe(
  v.object({ model: v.optional(looseText, ''), choices: requiredList(Choice) }),
  v.transform(({ model, choices }): Completion =>
    completed(choices[0]?.message ?? NOTHING, choices[0]?.finish_reason ?? null, model),
  ),
);

/** The last piece of a stream may hold no choice but the usage. */
const Chunk = v.object({ model: v.optional(looseText, ''), choices: looseList(Choice) });

/** An event as it stands: one may end with the first half of a letter whose second begins the next. */
function eventOf(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

/** Gathers a stream's events into a completion. */
export class CompletionStream {
  readonly #onText: (soFar: string) => void;
  #said: Said = NOTHING;
  #finishReason: string | null = null;
  #model = '';
  #shown = '';
  #readUpTo = 0;
  /** Events seen: none means that the service did not stream. */
  events = 0;
  done = false;
  /** The body of an error that came in the middle of the stream. */
  error: unknown;

  /** @param onText called with all that can be shown by now, whenever that changed: what turns out to be a thought is gone again. */
  constructor(onText: (soFar: string) => void) {
    this.#onText = onText;
  }

  take(data: string): void {
    this.events += 1;
    if (data === '[DONE]') {
      this.done = true;
      this.#show(this.completion.text);
      return;
    }
    const event = eventOf(data);
    if (typeof event === 'object' && event !== null && 'error' in event && event.error) this.error = event;
    const chunk = v.safeParse(Chunk, event);
    if (!chunk.success) return;
    const choice = chunk.output.choices[0];
    this.#model ||= chunk.output.model;
    if (!choice) return;
    this.#finishReason = choice.finish_reason ?? this.#finishReason;
    const { text, refusal, thought } = choice.delta;
    this.#said = {
      text: this.#said.text + text,
      refusal: this.#said.refusal + refusal,
      thought: this.#said.thought || thought,
    };
    if (text !== '') this.#showSoFar();
  }

  /** Whether the service said that this was all. */
  get finished(): boolean {
    return this.done || this.#finishReason !== null;
  }

  get completion(): Completion {
    return completed(this.#said, this.#finishReason, this.#model);
  }

  /** All is read again each time, so that is done in steps of a share of it: the work stays in proportion to the length. */
  #showSoFar(): void {
    const { text } = this.#said;
    if (text.length - this.#readUpTo < text.length >> 6) return;
    this.#readUpTo = text.length;
    this.#show(visibleSoFar(text));
  }

  #show(text: string): void {
    if (text === this.#shown) return;
    this.#shown = text;
    this.#onText(text);
  }
}

/** A model the service offers. */
export interface OfferedModel {
  name: string;
  ready: boolean;
}

/** OpenAI's list has the name in `id`; Infomaniak's has a number there, and models for speech and pictures beside. */
const Model = v.pipe(
  v.object({
    id: v.optional(v.unknown()),
    name: v.optional(looseText, ''),
    type: v.optional(looseText, ''),
    info_status: v.optional(looseText, ''),
  }),
  v.transform(({ id, name, type, info_status }) => ({
    name: typeof id === 'string' && id !== '' ? boundedText(id) : name,
    chats: type === '' || type === 'llm',
    ready: info_status === '' || info_status === 'ready',
  })),
  v.check(({ name }) => name !== ''),
);

export const ModelsAnswer = v.pipe(
  v.object({ data: requiredList(Model) }),
  v.transform(({ data }): OfferedModel[] => data.flatMap(({ name, chats, ready }) => (chats ? [{ name, ready }] : []))),
);
