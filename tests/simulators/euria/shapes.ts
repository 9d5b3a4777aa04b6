/** What models wrap their answer in, as they are known to send it. */
export const SHAPES = {
  parts: (text) => ({ content: [{ type: 'text', text }] }),
  'thoughts in parts': (text) => ({
    content: [
      { type: 'thinking', thinking: [{ type: 'text', text: 'A port. {"haiku":"draft"}' }] },
      { type: 'text', text },
    ],
  }),
  'a fence': (text) => ({ content: `Here you are:\n\`\`\`json\n${text}\n\`\`\`` }),
  'a tag': (text) => ({ content: `<think>A port, at night. {"haiku":"draft"}</think>\n\n${text}` }),
  'another tag, in the midst': (text) => ({
    content: `Well.\n<Reasoning effort="high">Three lines.</Reasoning>${text}`,
  }),
  'a draft whose opening stands in the template': (text) => ({
    content: `The person asks for words. {"haiku":"draft","summary":"draft","film":null}\n</think>\n\n${text}`,
  }),
  brackets: (text) => ({ content: `[THINK]A port.[/THINK]${text}` }),
  channels: (text) => ({
    content: `<|channel|>analysis<|message|>A port. {"haiku":"draft"}<|end|><|start|>assistant<|channel|>final <|constrain|>json<|message|>${text}<|return|>`,
  }),
  'bare channels': (text) => ({ content: `analysisA port.assistantfinal${text}` }),
  'a channel of thought': (text) => ({ content: `<|channel>thought\nA port.<channel|>${text}` }),
  'thoughts beside it': (text) => ({ content: text, reasoning_content: 'A port. </think>' }),
  'a draft before it': (text) => ({
    content: `First: ${text.replace(/:"(?:[^"\\]|\\.)*"/g, ':"draft"')} Better: ${text}`,
  }),
  'an example before it': (text) => ({
    content: `You want {"answer": {"type": "object"}}, so: ${text} I hope that helps {"likes": 1}.`,
  }),
  'a wrapping object': (text) => ({ content: `{"answer": ${text}}` }),
  'raw line breaks': (text) => ({ content: text.replaceAll('\\n', '\n') }),
  'commas too many': (text) => ({ content: `${text.slice(0, -1)},\n}` }),
  'typographic quotes': (text) => ({ content: text.replace(/"(\w+)":/g, '“$1”:') }),
} as const satisfies Record<string, (text: string) => SimulatedMessage>;

export type AnswerShape = keyof typeof SHAPES;

export interface SimulatedMessage {
  content: string | null | readonly Readonly<Record<string, unknown>>[];
  refusal?: string;
  reasoning_content?: string;
}
