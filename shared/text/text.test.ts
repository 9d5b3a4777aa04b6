import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cut, shortened } from './cut.ts';
import { readJson } from './json.ts';
import { JsonSize } from './jsonSize.ts';
import { wellFormed, wellFormedValue } from './wellFormed.ts';

/** Anything: halves of pairs, control characters, letters with marks, flags, families. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        'a',
        'é',
        'e\u0301',
        '😀',
        '👨‍👩‍👧‍👦',
        '🇨🇭',
        '\ud83d',
        '\ude00',
        '\0',
        '\r\n',
        '\u202e',
        ' ',
        '\u0301',
        '中',
      ),
    )
    .map((parts) => parts.join('')),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);
// A mark of byte order at the beginning is a letter like any other here.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoded = (text: string) => utf8.decode(new TextEncoder().encode(text));
const isWellFormed = (text: string) => encoded(text) === text;

describe('well-formed text', () => {
  test('is what comes out, whatever goes in; what was fit stays as it is', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const fit = wellFormed(text);
        expect(isWellFormed(fit)).toBe(true);
        expect(fit).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
        expect(wellFormed(fit)).toBe(fit);
        if (isWellFormed(text) && !/[\u0000-\u0008\u000b-\u001f]/.test(text)) expect(fit).toBe(text);
      }),
    );
  });

  test('keeps every other letter', () => {
    expect(wellFormed('a\ud83db\ude00c\0d\r\ne\tf 😀')).toBe('a\ufffdb\ufffdcd\ne\tf 😀');
    expect(wellFormed('\ufeffa')).toBe('\ufeffa');
    expect(isWellFormed('\ufeffa')).toBe(true);
  });

  test('comes out of JSON, escaped or not, in values and in names', () => {
    fc.assert(
      fc.property(fc.jsonValue(), anyText, (value, text) => {
        const read = readJson(JSON.stringify({ value, [text]: [{ text }] })) as Record<string, unknown>;
        expect(JSON.stringify(read)).not.toMatch(/\\u(?:d[89a-f]|00[01])/);
        expect(Object.hasOwn(read, wellFormed(text))).toBe(true);
      }),
    );
  });

  test('JSON nested beyond reason is refused, however it is spaced; braces in texts are none', () => {
    expect(() => readJson(`${'[ '.repeat(65)}${'] '.repeat(65)}`)).toThrow(SyntaxError);
    expect(() => readJson(`{"a":${'['.repeat(100_000)}`)).toThrow(SyntaxError);
    expect(readJson(JSON.stringify({ a: '[{'.repeat(100), b: '\\"[' }))).toEqual({ a: '[{'.repeat(100), b: '\\"[' });
    expect(readJson(`[${Array.from({ length: 100 }, () => '{}').join(',')}]`)).toHaveLength(100);
  });
});

describe('a value whose texts are fit', () => {
  test('is given back as it is; only what holds an unfit text is made anew', () => {
    const fit = { tracks: [{ title: 'Kar Kar' }], n: 1 };
    expect(wellFormedValue(fit)).toBe(fit);
    const [unchanged, made] = wellFormedValue([fit, { title: 'half \ud83d', of: fit }] as const);
    expect(unchanged).toBe(fit);
    expect(made).toEqual({ title: 'half \ufffd', of: fit });
    expect(made.of).toBe(fit);
  });

  test('keeps a property of any name as its own', () => {
    const made = wellFormedValue(JSON.parse('{"__proto__":{"a":"\\ud83d"},"\\ude00":1}')) as object;
    expect(Object.entries(made)).toEqual([
      ['__proto__', { a: '\ufffd' }],
      ['\ufffd', 1],
    ]);
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
  });
});

describe('how much a JSON text holds', () => {
  const excessOf = (text: string, piece: number, bounds = { depth: 5, values: 200, names: 50 }) => {
    const size = new JsonSize(bounds);
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length; at += piece) {
      const excess = size.add(bytes.subarray(at, at + piece));
      if (excess !== null) return excess;
    }
    return null;
  };

  test('is known before it is parsed, in whatever pieces it comes; what stands in texts does not count', () => {
    for (const piece of [1, 2, 7, 10_000]) {
      expect(excessOf(JSON.stringify({ 'a,b': ['\\",:[{'.repeat(200), '}]é😀'] }), piece)).toBeNull();
      expect(excessOf(JSON.stringify(Array(201).fill(1)), piece)).toBe('values');
      expect(
        excessOf(JSON.stringify(Object.fromEntries(Array.from({ length: 50 }, (_, index) => [index, 1]))), piece),
      ).toBe('names');
      expect(excessOf(JSON.stringify(Array(51).fill([])), piece)).toBe('names');
      expect(excessOf('[[[[[[]]]]]]', piece)).toBe('depth');
    }
  });

  test('is never less than what parsing finds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 1, max: 9 }), (value, piece) => {
        let [values, names] = [0, 0];
        JSON.stringify(value, (_key, part: unknown) => {
          values += 1;
          if (typeof part === 'object' && part !== null)
            names += 1 + (Array.isArray(part) ? 0 : Object.keys(part).length);
          return part;
        });
        const bounds = { depth: 64, values: values - 1, names: Infinity };
        if (values > 1) expect(excessOf(JSON.stringify(value), piece, bounds)).toBe('values');
        if (names > 0)
          expect(excessOf(JSON.stringify(value), piece, { depth: 64, values: Infinity, names: names - 1 })).toBe(
            'names',
          );
      }),
    );
  });
});

describe('cutting', () => {
  test('keeps a beginning that is well-formed and no longer than wished, and all of it where it fits', () => {
    fc.assert(
      fc.property(anyText.map(wellFormed), fc.nat(30), fc.nat(60), (text, letters, units) => {
        const beginning = cut(text, letters, units);
        const lettersIn = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)];
        expect(text.startsWith(beginning)).toBe(true);
        expect(isWellFormed(beginning)).toBe(true);
        expect(beginning.length).toBeLessThanOrEqual(units);
        if (lettersIn.length <= letters && text.length <= units) expect(beginning).toBe(text);
        if (letters > 0 && (lettersIn[0]?.segment.length ?? 0) <= units) {
          expect(
            lettersIn.some(({ index, segment }) => index + segment.length === beginning.length) || beginning === '',
          ).toBe(true);
          expect(
            [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(beginning)].length,
          ).toBeLessThanOrEqual(letters);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('counts as a person does', () => {
    expect(cut('👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 2)).toBe('👨‍👩‍👧‍👦👨‍👩‍👧‍👦');
    expect(cut('e\u0301te\u0301', 1)).toBe('e\u0301');
    expect(cut(`${'a'.repeat(99)}😀b`, 100)).toBe(`${'a'.repeat(99)}😀`);
    expect(cut('🇨🇭🇫🇷', 1)).toBe('🇨🇭');
    expect(cut(`e${'\u0301'.repeat(100_000)}`, 5, 40)).toHaveLength(40);
    expect(cut('a\r\nb', 2)).toBe('a\r\n');
  });

  test('an ellipsis shows that something is left out', () => {
    expect(shortened('short', 5)).toBe('short');
    expect(shortened('rather long', 8)).toBe('rather…');
  });
});
