import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectIn, textsSoFar } from './json.ts';

describe('objectIn', () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    ['```json\n{"a":1}\n```', { a: 1 }],
    ['Here it is: {"a":"}{"} — enjoy!', { a: '}{' }],
    ['{not json} but {"a":"\\"}"}', { a: '"}' }],
    ['[{"a":1}]', { a: 1 }],
    ['{"a":1', undefined],
    ['nothing', undefined],
    ['', undefined],
  ])('of %s is %j', (text, object) => expect(objectIn(text)).toEqual(object));

  it('finds any object in any wrapping without braces', () => {
    const text = fc.string().map((text) => text.replace(/[{}]/g, ''));
    fc.assert(
      fc.property(text, fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue()), text, (before, object, after) => {
        const written = JSON.stringify(object);
        expect(JSON.stringify(objectIn(`${before}${written}${after}`))).toBe(JSON.stringify(JSON.parse(written)));
      }),
    );
  });

  it('does not lose itself in a hostile text', () => {
    expect(objectIn('{'.repeat(1_000_000))).toBeUndefined();
  });
});

describe('textsSoFar', () => {
  it('gives what is written up to now, unfinished escapes left for later', () => {
    const whole = JSON.stringify({ haiku: 'Lune « basse »\nsur "le" quai', summary: 'Un \\ soir\u2028 d’été' });
    expect(textsSoFar(whole)).toEqual(JSON.parse(whole));
    expect(textsSoFar('{"haiku":"Lune\\')).toEqual({ haiku: 'Lune' });
    expect(textsSoFar('{"haiku":"Lune\\u00e')).toEqual({ haiku: 'Lune' });
    expect(textsSoFar('```json\n{ "haiku" : "a\nb", "sum')).toEqual({ haiku: 'a\nb' });
    expect(textsSoFar('{"haiku"')).toEqual({});
    expect(textsSoFar('')).toEqual({});
  });

  it('never shows anything that the finished object does not begin with', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), fc.nat(), (haiku, summary, cut) => {
        const text = JSON.stringify({ haiku, summary });
        const seen = textsSoFar(text.slice(0, cut % (text.length + 1)));
        expect(haiku.startsWith(seen.haiku ?? '')).toBe(true);
        expect(summary.startsWith(seen.summary ?? '')).toBe(true);
      }),
    );
  });
});
