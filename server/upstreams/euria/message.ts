import * as v from 'valibot';

/** What one message, or one piece of one, says. */
export interface Said {
  text: string;
  /** Why the model will not answer, in its own words; '' when it does. */
  refusal: string;
  /** Thoughts came beside the text. */
  thought: boolean;
}

const NOTHING: Said = { text: '', refusal: '', thought: false };
const asSaid = (said: Partial<Said>) => (): Said => ({ ...NOTHING, ...said });

const Wording = v.union([
  v.string(),
  v.pipe(
    v.object({ value: v.string() }),
    v.transform(({ value }) => value),
  ),
]);
const TextPart = v.pipe(
  v.object({ type: v.picklist(['text', 'output_text']), text: Wording }),
  v.transform(({ text }) => asSaid({ text })()),
);
const RefusalPart = v.pipe(
  v.object({ type: v.literal('refusal'), refusal: v.string() }),
  v.transform(({ refusal }) => asSaid({ refusal })()),
);
const ThoughtPart = v.pipe(
  v.object({ type: v.pipe(v.string(), v.regex(/think|thought|reason/i)) }),
  v.transform(asSaid({ thought: true })),
);
const Part = v.union([TextPart, RefusalPart, ThoughtPart]);
/** In a list, what has no type is text too. */
const ListedPart = v.fallback(
  v.union([
    Part,
    v.pipe(
      v.string(),
      v.transform((text) => asSaid({ text })()),
    ),
    v.pipe(
      v.object({ type: v.optional(v.null()), text: Wording }),
      v.transform(({ text }) => asSaid({ text })()),
    ),
  ]),
  NOTHING,
);

/** Text, a part, or parts of which one holds the thoughts and another the answer; whatever else it is says nothing. */
const Content = v.fallback(
  v.union([
    v.pipe(
      v.string(),
      v.transform((text) => asSaid({ text })()),
    ),
    v.pipe(
      v.array(ListedPart),
      v.transform((parts) => parts.reduce(joined, NOTHING)),
    ),
    Part,
  ]),
  NOTHING,
);

const OptionalText = v.fallback(v.string(), '');

/** A message of an answer, whole or a piece of a streamed one. Thoughts that come beside the text come under either name, and are no text. */
export const Message = v.fallback(
  v.pipe(
    v.object({
      content: v.optional(Content, ''),
      refusal: v.optional(OptionalText, ''),
      reasoning: v.optional(OptionalText, ''),
      reasoning_content: v.optional(OptionalText, ''),
    }),
    v.transform(({ content, refusal, reasoning, reasoning_content }) =>
      joined(content, { text: '', refusal, thought: `${reasoning}${reasoning_content}` !== '' }),
    ),
  ),
  NOTHING,
);

function joined(one: Said, other: Said): Said {
  return { text: one.text + other.text, refusal: one.refusal + other.refusal, thought: one.thought || other.thought };
}
