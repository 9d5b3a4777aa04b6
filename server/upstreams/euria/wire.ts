import * as v from 'valibot';
import { boundedText, jsonIfAny, looseList, looseText, record, requiredList, textOrNull } from '#server/kit/http/wire.ts';
import { VisibleText } from './thinking.ts';

/** What a model wrote, whether it came whole or in pieces. */
export interface Completion {
  text: string;
  /** It thought, whatever it wrote then. */
  thought: boolean;
  /** stop, length …; null when the service does not say. */
  finishReason: string | null;
  /** The name the service gives the model; '' when it gives none. */
  model: string;
}

const Content = v.fallback(v.string(), '');

/** Thoughts come under either name. */
const Message = v.fallback(
  v.object({ content: v.optional(Content, ''), reasoning: v.optional(Content, ''), reasoning_content: v.optional(Content, '') }),
  { content: '', reasoning: '', reasoning_content: '' },
);

const Choice = record({ message: v.optional(Message, {}), delta: v.optional(Message, {}), finish_reason: v.optional(textOrNull, null) });

export const CompletionAnswer = v.pipe(
  v.object({ model: v.optional(looseText, ''), choices: requiredList(Choice) }),
  v.transform(({ model, choices }): Completion => {
    const { message, finish_reason } = choices[0] ?? { message: { content: '', reasoning: '', reasoning_content: '' }, finish_reason: null };
    const visible = new VisibleText();
    const text = visible.feed(message.content).trim();
    return { text, thought: `${message.reasoning}${message.reasoning_content}` !== '' || visible.onlyThought, finishReason: finish_reason, model };
  }),
);

/** The last piece of a stream may hold no choice but the usage. */
const Chunk = v.object({ model: v.optional(looseText, ''), choices: looseList(Choice) });

/** Gathers a stream's events into a completion. */
export class CompletionStream {
  readonly #visible = new VisibleText();
  readonly #onText: (delta: string) => void;
  #completion: Completion = { text: '', thought: false, finishReason: null, model: '' };
  /** Events seen: none means that the service did not stream. */
  events = 0;
  done = false;
  /** The body of an error that came in the middle of the stream. */
  error: unknown;

  constructor(onText: (delta: string) => void) {
    this.#onText = onText;
  }

  take(data: string): void {
    this.events += 1;
    if (data === '[DONE]') {
      this.done = true;
      return;
    }
    const event = jsonIfAny(data);
    if (typeof event === 'object' && event !== null && 'error' in event && event.error) this.error = event;
    const chunk = v.safeParse(Chunk, event);
    if (!chunk.success) return;
    const choice = chunk.output.choices[0];
    this.#completion.model ||= chunk.output.model;
    if (!choice) return;
    this.#completion.finishReason = choice.finish_reason ?? this.#completion.finishReason;
    if (choice.delta.reasoning !== '' || choice.delta.reasoning_content !== '') this.#completion.thought = true;
    const fresh = this.#visible.feed(choice.delta.content);
    if (fresh === '') return;
    this.#completion.text += fresh;
    this.#onText(fresh);
  }

  /** Whether the service said that this was all. */
  get finished(): boolean {
    return this.done || this.#completion.finishReason !== null;
  }

  get completion(): Completion {
    return { ...this.#completion, text: this.#completion.text.trim(), thought: this.#completion.thought || this.#visible.onlyThought };
  }
}

/** A model the service offers. */
export interface OfferedModel {
  name: string;
  ready: boolean;
}

/** OpenAI's list has the name in `id`; Infomaniak's has a number there, and models for speech and pictures beside. */
const Model = v.pipe(
  v.object({ id: v.optional(v.unknown()), name: v.optional(looseText, ''), type: v.optional(looseText, ''), info_status: v.optional(looseText, '') }),
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
