import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventReader } from './sse.ts';
import { CompletionStream } from './schema.ts';

const event = (delta: unknown, finish: string | null = null) =>
  `data: ${JSON.stringify({ id: 'c', model: 'demo/model', choices: [{ index: 0, delta, finish_reason: finish }] })}`;

const STREAM = [
  ': a comment',
  event({ role: 'assistant', content: '' }),
  event({ content: 'Lumière ' }),
  event({ content: 'du port ⚓' }, 'stop'),
  'data: {"choices":[],"usage":{"total_tokens":3}}',
  'data: [DONE]',
].join('\n\n');

/** Reads the bytes cut at the given places. */
function readCut(text: string, cuts: number[]) {
  const shown: string[] = [];
  const stream = new CompletionStream((soFar) => shown.push(soFar));
  const events = new EventReader((data) => stream.take(data));
  const bytes = new TextEncoder().encode(text);
  const places = [...new Set(cuts.map((cut) => cut % bytes.length))].toSorted((one, other) => one - other);
  [0, ...places].forEach((from, at) => events.feed(bytes.slice(from, places[at] ?? bytes.length)));
  events.end();
  return { shown, stream };
}

describe('a stream of events', () => {
  it('reads the same wherever the network cuts it, in the middle of a character too', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 40 }), fc.constantFrom('\n', '\r\n'), (cuts, end) => {
        const { shown, stream } = readCut(STREAM.replaceAll('\n', end), cuts);
        expect(shown.at(-1)).toBe('Lumière du port ⚓');
        expect(stream.completion).toEqual({
          text: 'Lumière du port ⚓',
          refusal: '',
          thought: false,
          finishReason: 'stop',
          model: 'demo/model',
        });
        expect(stream.done).toBe(true);
      }),
    );
  });

  it('takes any event without failing, and reports an error among them', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.anything().map((value) => JSON.stringify(value) ?? ''),
        ),
        (data) => {
          const stream = new CompletionStream(() => {});
          stream.take(data);
          expect(typeof stream.completion.text).toBe('string');
        },
      ),
    );
    const { stream } = readCut('data: {"error":{"message":"overloaded"}}\n\n', []);
    expect(stream.error).toMatchObject({ error: { message: 'overloaded' } });
    expect(stream.finished).toBe(false);
  });

  it('notes thoughts that come beside the text', () => {
    const { stream } = readCut(
      [event({ reasoning_content: 'Hm' }), event({ content: null }, 'length')].join('\n\n'),
      [],
    );
    expect(stream.completion).toMatchObject({ text: '', thought: true, finishReason: 'length' });
  });
});
