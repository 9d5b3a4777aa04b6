import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseResponse } from '#server/kit/http/responseSchema.ts';
import { mutated } from '#tests/arbitraries/mutated.ts';
import { SHAPES, type SimulatedMessage } from '#tests/simulators/euria/shapes.ts';
import { unanswered } from './errorMapping.ts';
import { objectIn, textsSoFar } from './json.ts';
import { instructionsIn } from './placeholders.ts';
import { visibleText } from './thinking.ts';
import { type Completion, CompletionAnswer, CompletionStream } from './schema.ts';

const SCHEMA = {
  type: 'object',
  required: ['haiku', 'summary', 'film'],
  properties: {
    haiku: { type: 'string' },
    summary: { type: 'string' },
    film: {
      anyOf: [{ type: 'null' }, { type: 'object', required: ['title'], properties: { title: { type: 'string' } } }],
    },
  },
};
const ALBUM_TEXT = {
  haiku: 'Lune basse\nle quai « dort »\nun \\ phare',
  summary: 'Un soir 🌊, "calme".',
  film: { title: 'Le port' },
};

const whole = (message: unknown, finish: string | null = 'stop'): Completion =>
  parseResponse('EurIA', CompletionAnswer, { model: 'm', choices: [{ index: 0, message, finish_reason: finish }] });

/** The same message streamed, each text in it cut at the given places. */
function streamed(message: SimulatedMessage, cuts: readonly number[], finish: string | null = 'stop') {
  const shown: string[] = [];
  const stream = new CompletionStream((soFar) => shown.push(soFar));
  const send = (delta: unknown, finish_reason: string | null = null) =>
    stream.take(JSON.stringify({ model: 'm', choices: [{ index: 0, delta, finish_reason }] }));
  const { content, ...beside } = message;
  for (const [name, text] of Object.entries(beside)) for (const piece of cutAt(text, cuts)) send({ [name]: piece });
  for (const part of Array.isArray(content) ? (content as Record<string, unknown>[]) : []) {
    if (typeof part['text'] !== 'string') send({ content: [part] });
    else for (const text of cutAt(part['text'], cuts)) send({ content: [{ ...part, text }] });
  }
  if (typeof content === 'string') for (const piece of cutAt(content, cuts)) send({ content: piece });
  send({}, finish);
  stream.take('[DONE]');
  return { completion: stream.completion, shown };
}
function cutAt(text: string, cuts: readonly number[]): string[] {
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].toSorted((one, other) => one - other);
  return [0, ...places].map((from, at) => text.slice(from, places[at] ?? text.length));
}
const someCuts = fc.array(fc.nat(), { maxLength: 30 });

describe('an answer in any of the shapes that models send', () => {
  it.each(Object.entries(SHAPES))('%s is read, whole and streamed, wherever it is cut', (_name, wrap) => {
    const message = wrap(JSON.stringify(ALBUM_TEXT));
    const answer = whole(message);
    expect(objectIn(answer.text, SCHEMA)).toEqual(ALBUM_TEXT);
    fc.assert(
      fc.property(someCuts, (cuts) => {
        const { completion, shown } = streamed(message, cuts);
        expect(completion).toEqual(answer);
        expect(shown.at(-1)).toBe(answer.text);
        expect(textsSoFar(shown.at(-1)!)['haiku'] ?? ALBUM_TEXT.haiku).toBe(ALBUM_TEXT.haiku);
      }),
    );
  });

  it('in none of them either: whatever was written, streaming reads what the whole does', () => {
    const piece = fc.constantFrom(
      '<think>',
      '</think>',
      '<thinking>',
      '</reasoning>',
      '[THINK]',
      '[/THINK]',
      '<|channel|>analysis<|message|>',
      '<|channel|>final<|message|>',
      '<|end|>',
      '<|start|>assistant',
      '{"haiku":"',
      '"}',
      '{',
      '"',
      '\n',
      ',',
      '<',
      '[',
      'a ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), someCuts, (pieces, cuts) => {
        const content = pieces.join('');
        const { completion, shown } = streamed({ content }, cuts);
        expect(completion).toEqual(whole({ content }));
        expect(shown.at(-1) ?? '').toBe(completion.text);
        objectIn(completion.text, SCHEMA);
      }),
    );
  });

  it('or in another one, it is read or is none', () => {
    fc.assert(
      fc.property(
        mutated({
          role: 'assistant',
          content: [
            { type: 'text', text: 'Hi' },
            { type: 'thinking', thinking: [] },
          ],
          refusal: null,
          reasoning: 'x',
        }),
        (message) => {
          expect(typeof whole(message).text).toBe('string');
        },
      ),
    );
  });
});

describe('what is outside of thoughts', () => {
  it.each<[string, string, boolean]>([
    ['Plain words', 'Plain words', false],
    ['<think>so, a port</think>\n\nLamp <b>', 'Lamp <b>', true],
    [' <think>never ends', '', true],
    ['<think>done</think>  ', '', true],
    ['so, a port</think>Lamp', 'Lamp', true],
    ['[THINK]a[/THINK]Lamp<thinking>b</thinking> out', 'Lamp out', true],
    [
      '<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>commentary<|message|>b<|end|><|start|>assistant<|channel|>final<|message|>Lamp<|return|>',
      'Lamp',
      true,
    ],
    ['<|channel|>analysis<|message|>cut off', '', true],
    ['<|inner_prefix|>a<|inner_suffix|>Lamp', 'Lamp', true],
    ['◁think▷a◁/think▷Lamp', 'Lamp', true],
    ['<|START_THINKING|>a<|END_THINKING|><|START_RESPONSE|>Lamp<|END_RESPONSE|>', 'Lamp', true],
    ['{"haiku":"a </think> b"}', '{"haiku":"a </think> b"}', false],
    ['<table> is not a thought', '<table> is not a thought', false],
    ['an analysis is none either', 'an analysis is none either', false],
  ])('of %j is %j', (raw, text, thought) => expect(visibleText(raw)).toEqual({ text, thought }));

  it('is shown in pieces without any beginning of a mark', () => {
    const { shown } = streamed(
      { content: 'Lamp<think>a</think>post' },
      Array.from({ length: 24 }, (_, at) => at),
    );
    expect(shown.every((soFar) => 'Lamppost'.startsWith(soFar))).toBe(true);
  });

  // A time that grew with the square of the length would not end within the limit of a test.
  it('of a hostile length is nothing, and is answered at once', () => {
    const hostile = [
      '{"'.repeat(100_000),
      '{ '.repeat(50_000),
      '<think>'.repeat(20_000),
      '<|channel|>a '.repeat(20_000),
      '</think>'.repeat(20_000),
      'assistant '.repeat(10_000),
    ];
    for (const content of [...hostile, hostile.join(''), hostile.toReversed().join('')]) {
      expect(objectIn(whole({ content }).text, SCHEMA)).toBeUndefined();
      expect(textsSoFar(content)).toEqual({});
    }
  });
});

describe('an object among others', () => {
  it.each<[string, string, unknown]>([
    [
      'the last that fits',
      '{"haiku":"a","summary":"b","film":null} {"haiku":"c","summary":"d","film":null} {"haiku":"e"}',
      { haiku: 'c', summary: 'd', film: null },
    ],
    [
      'one that nearly fits, where none does',
      '{"x":1} {"haiku":5,"summary":"b","film":null} {"y":1}',
      { haiku: 5, summary: 'b', film: null },
    ],
    [
      'one in a wrapping',
      '{"album_words":{"haiku":"a","summary":"b","film":null}}',
      { haiku: 'a', summary: 'b', film: null },
    ],
    ['none that is about something else', '{"type":"object","properties":{"haiku":{"type":"string"}}}', undefined],
    [
      'one without its last brace',
      '```json\n{"haiku":"a","summary":"b","film":{"title":"c"}\n```',
      { haiku: 'a', summary: 'b', film: { title: 'c' } },
    ],
    ['one written as a JSON string', JSON.stringify(JSON.stringify(ALBUM_TEXT)), ALBUM_TEXT],
    ['none that lacks a member and the last brace', '{"haiku":"a","summary":"b"', undefined],
    ['none that lacks two braces', '{"haiku":"a","summary":"b","film":{"title":"c"', undefined],
    ['none that is cut off', '{"haiku":"a","summary":"b', undefined],
    ['a wrong escape', '{"haiku":"l\\\'eau"}', { haiku: "l'eau" }],
    ['a raw tab and a comma too many in a list', '{"haiku":"a\tb","list":[1,2,],}', { haiku: 'a\tb', list: [1, 2] }],
  ])('is %s', (_what, text, object) => expect(objectIn(text, SCHEMA)).toEqual(object));
});

const ASKED = instructionsIn({
  schema: {
    ...SCHEMA,
    properties: { ...SCHEMA.properties, haiku: { type: 'string', description: 'Three lines separated by \\n' } },
  },
  messages: [
    {
      role: 'system',
      content:
        'Answer with one JSON object: "haiku": a haiku of exactly three lines; "summary": three to five plain sentences.',
    },
    { role: 'user', content: '{"title":"A port at night"}' },
  ],
});

describe('an example', () => {
  const answer = JSON.stringify({ haiku: 'a\nb\nc', summary: 'A port at night.', film: null });
  it.each([
    ['of dots', '{"haiku":"…","summary":"...","film":null}'],
    ['of nothing', '{"haiku":"","summary":"","film":null}'],
    ['of types', '{"haiku":"string","summary":"<string>","film":null}'],
    ['of its members’ names', '{"haiku":"<haiku>","summary":"summary…","film":null}'],
    [
      'of the words it was asked with',
      '{"haiku":"A haiku of exactly three lines","summary":"Three to five plain sentences.","film":null}',
    ],
    ['of the schema’s words', '{"haiku":"Three lines separated by \\n","summary":"…","film":null}'],
    ['with a film in it', '{"haiku":"…","summary":"…","film":{"title":"…"}}'],
  ])('%s is not the answer, before it or after it', (_what, example) => {
    for (const text of [`${answer} As you wanted: ${example}`, `${example} ${answer}`]) {
      expect(objectIn(text, SCHEMA, ASKED)).toEqual(JSON.parse(answer));
      expect(textsSoFar(text, ASKED)).toEqual({ haiku: 'a\nb\nc', summary: 'A port at night.' });
    }
    expect(objectIn(example, SCHEMA, ASKED)).toBeDefined();
  });

  it('of a list says nothing, and a list of numbers does', () => {
    const list = {
      type: 'object',
      required: ['tracks'],
      properties: {
        tracks: { type: 'array', items: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } } },
      },
    };
    const chosen = '{"tracks":[{"id":7},{"id":8}]}';
    for (const example of ['{"tracks":[{"id":1,"reason":"…"}]}', '{"tracks":[]}'])
      expect(objectIn(`${chosen} ${example}`, list)).toEqual(JSON.parse(chosen));
  });
});

describe('a thought within a text of the answer', () => {
  it.each<[string, string]>([
    ['A port. <think>Is it one?</think> At night.', 'A port.  At night.'],
    ['so, a port</think>At night.', 'At night.'],
    ['At night. <thinking>Is it', 'At night.'],
    ['[THINK]a[/THINK]At night.', 'At night.'],
    ['  kept <b> as it is  ', '  kept <b> as it is  '],
    ['a < b', 'a < b'],
  ])('of %j leaves %j, whole and streamed', (summary, text) => {
    const written = JSON.stringify({ haiku: summary, summary, film: { title: summary } });
    expect(objectIn(whole({ content: written }).text, SCHEMA)).toEqual({
      haiku: text,
      summary: text,
      film: { title: text },
    });
    for (let cut = 0; cut <= written.length; cut += 1)
      expect(textsSoFar(streamed({ content: written }, [cut]).shown.at(-1)!)).toEqual({ haiku: text, summary: text });
  });

  it('is in no text, wherever its markers are and the stream is cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', ' ', '\n', '"', '{', '}', '\\', '.', '<', '🌊') });
    fc.assert(
      fc.property(
        text,
        text,
        text,
        fc.constantFrom(['<think>', '</think>'], ['[THINK]', '[/THINK]'], ['◁think▷', '◁/think▷'] as const),
        someCuts,
        (before, draft, after, [open, close], cuts) => {
          const content = JSON.stringify({
            haiku: 'x',
            summary: `${before}${open}${draft}${close}${after}`,
            film: null,
          });
          const expected = `${before}${after}`.trim();
          const { completion, shown } = streamed({ content }, cuts);
          expect(objectIn(completion.text, SCHEMA)).toEqual({ haiku: 'x', summary: expected, film: null });
          expect(textsSoFar(shown.at(-1)!)).toEqual({ haiku: 'x', summary: expected });
        },
      ),
    );
  });
});

describe('a refusal', () => {
  const message = { content: null, refusal: 'I cannot\u202e write\n about <b>this</b>. ' + 'x'.repeat(1_000) };
  it('is heard in its own words, on one line of bounded length', () => {
    for (const answer of [
      whole(message),
      streamed(message, [3, 9]).completion,
      whole({ content: [{ type: 'refusal', refusal: message.refusal }] }),
    ]) {
      const error = unanswered(answer);
      expect(error).toMatchObject({ code: 'declined', passing: false });
      expect(error.values?.['words']).toMatch(/^I cannot write about <b>this<\/b>\. x+…$/);
      expect(error.message.length).toBeLessThan(400);
    }
  });

  it('is distinguished from silence, thoughts alone and what a filter withheld', () => {
    expect(unanswered(whole({ content: '' }))).toMatchObject({ code: 'no-text', message: 'EurIA wrote nothing' });
    expect(unanswered(whole({ content: '<think>hm' }, 'length'))).toMatchObject({
      code: 'no-text',
      message: expect.stringContaining('only thought') as unknown,
    });
    expect(unanswered(whole({ content: null }, 'content_filter'))).toMatchObject({
      code: 'withheld',
      kind: 'bad-request',
    });
  });
});
