import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { Redacted } from '../redacted.ts';
import { UpstreamError } from './upstreamError.ts';
import { upstreamUrl } from './upstreamUrl.ts';
import {
  looseList,
  looseText,
  positive,
  parseResponse,
  requiredList,
  upstreamMessage,
  webUrlOrNull,
  wholeOrNull,
} from './responseSchema.ts';

describe('loose pieces', () => {
  it('take any value without failing', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(typeof v.parse(looseText, value)).toBe('string');
        expect(v.parse(wholeOrNull, value) === null || Number.isSafeInteger(v.parse(wholeOrNull, value))).toBe(true);
        expect(Array.isArray(v.parse(looseList(positive), value))).toBe(true);
      }),
    );
  });

  it('read numbers that come as text', () => {
    expect(v.parse(wholeOrNull, ' 12 ')).toBe(12);
    expect(v.parse(wholeOrNull, '1.5')).toBeNull();
    expect(v.safeParse(positive, '0').success).toBe(false);
  });

  it('keep the good entries of a list and leave out the bad', () => {
    expect(v.parse(looseList(positive), [1, null, 'x', '2'])).toEqual([1, 2]);
    expect(v.parse(looseList(positive), 7)).toEqual([7]);
    expect(v.safeParse(requiredList(positive), undefined).success).toBe(false);
  });

  it('accept only web addresses', () => {
    expect(v.parse(webUrlOrNull, 'https://i.example/x.jpg')).toBe('https://i.example/x.jpg');
    for (const bad of ['javascript:alert(1)', '/image/R-1.jpg', '', null, 'file:///etc/passwd']) {
      expect(v.parse(webUrlOrNull, bad)).toBeNull();
    }
  });
});

describe('parseResponse', () => {
  it('names the places that do not fit, never the values', () => {
    const read = () =>
      parseResponse('Somewhere', v.object({ a: v.object({ b: v.number() }) }), { a: { b: 'a-secret-text' } });
    expect(read).toThrow(UpstreamError);
    expect(read).toThrow('a.b');
    expect(read).not.toThrow('a-secret-text');
  });
});

describe('upstreamMessage', () => {
  it('makes one bounded line without secrets', () => {
    expect(upstreamMessage('bad\n key  abc123\u0000!', [new Redacted('abc123'), undefined])).toBe('bad key <hidden> !');
    expect(upstreamMessage('x'.repeat(1000)).length).toBeLessThan(310);
  });
});

describe('upstreamUrl', () => {
  it('joins base and path once, and leaves out undefined query values', () => {
    const url = upstreamUrl('Somewhere', 'https://api.example/v1/', 'search', { q: 'a&b', market: undefined });
    expect(url.href).toBe('https://api.example/v1/search?q=a%26b');
  });

  it('refuses a base that is no web address', () => {
    for (const base of ['', 'api.example', 'ftp://api.example']) {
      expect(() => upstreamUrl('Somewhere', base, 'x')).toThrow(UpstreamError);
    }
  });
});
