import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MooError, mooFrame, mooJson, parseMoo } from './moo.ts';

const frame = (head: string, body: string | Buffer = '') =>
  Buffer.concat([Buffer.from(`${head}\n\n`), Buffer.from(body)]);
const changed = (length: number | string) =>
  `MOO/1 CONTINUE Changed\nContent-Type: application/json\nRequest-Id: 2\nContent-Length: ${length}`;

describe('writing', () => {
  it('leaves both content headers out without a body', () => {
    expect(mooFrame({ verb: 'REQUEST', name: 'com.example.registry:1/info', requestId: '0' }).toString()).toBe(
      'MOO/1 REQUEST com.example.registry:1/info\nRequest-Id: 0\n\n',
    );
  });

  it('counts the body in bytes', () => {
    const text = mooFrame({ verb: 'COMPLETE', name: 'Success', requestId: '3', body: { name: 'Été' } }).toString();
    expect(text).toBe(
      'MOO/1 COMPLETE Success\nRequest-Id: 3\nContent-Length: 16\nContent-Type: application/json\n\n{"name":"Été"}',
    );
  });
});

describe('reading', () => {
  it('takes headers in any order and case, and unknown ones', () => {
    const message = parseMoo(
      frame('MOO/1 COMPLETE Not Compatible\ncontent-length: 2\nX-New: a: b\nREQUEST-ID: 7', '{}'),
    );
    expect(message).toMatchObject({ verb: 'COMPLETE', name: 'Not Compatible', requestId: '7' });
    expect(mooJson(message)).toEqual({});
  });

  it('takes a length in bytes, and one in characters of the same whole body, and no other', () => {
    const body = '{"a":"é𝄞"}';
    const bytes = Buffer.byteLength(body);
    for (const length of [bytes, body.length, [...body].length]) {
      expect(mooJson(parseMoo(frame(changed(length), body)))).toEqual({ a: 'é𝄞' });
    }
    for (const length of [bytes - 1, bytes + 1, 0, 1e9, '-1', 'x', '']) {
      expect(() => parseMoo(frame(changed(length), body))).toThrow(MooError);
    }
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['another protocol', frame('HTTP/1.1 200 OK')],
    ['another version', frame('MOO/2 COMPLETE Success\nRequest-Id: 1')],
    ['another verb', frame('MOO/1 PERHAPS Success\nRequest-Id: 1')],
    ['a request without a method', frame('MOO/1 REQUEST com.example:1\nRequest-Id: 1')],
    ['no id', frame('MOO/1 COMPLETE Success')],
    ['an id of thousands of letters', frame(`MOO/1 COMPLETE Success\nRequest-Id: ${'7'.repeat(5000)}`)],
    ['a header without a colon', frame('MOO/1 COMPLETE Success\nRequest-Id 1')],
    ['headers that never end', Buffer.from(`MOO/1 COMPLETE Success\n${'A: b\n'.repeat(9000)}`)],
    ['a body without a length', frame('MOO/1 COMPLETE Success\nRequest-Id: 1', '{}')],
  ])('refuses %s', (_what, bytes) => {
    expect(() => parseMoo(bytes)).toThrow(MooError);
  });

  it('refuses a body that is not the JSON it says to be', () => {
    expect(() => mooJson(parseMoo(frame(changed(2), '{]')))).toThrow(MooError);
    const image = parseMoo(
      frame('MOO/1 COMPLETE Success\nRequest-Id: 1\nContent-Type: image/jpeg\nContent-Length: 2', '{}'),
    );
    expect(() => mooJson(image)).toThrow(MooError);
  });

  it('reads back whatever was written', () => {
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z ]{0,20}$/);
    fc.assert(
      fc.property(name, fc.nat(), fc.option(fc.jsonValue(), { nil: undefined }), (outcome, id, body) => {
        const message = parseMoo(mooFrame({ verb: 'CONTINUE', name: outcome, requestId: String(id), body }));
        expect(message).toMatchObject({ name: outcome, requestId: String(id) });
        expect(mooJson(message)).toEqual(body === undefined ? undefined : JSON.parse(JSON.stringify(body)));
      }),
    );
  });

  it('answers any bytes with a message or a MooError', () => {
    const whole = mooFrame({ verb: 'CONTINUE', name: 'Changed', requestId: '1', body: { zones: ['é'] } });
    const spoilt = fc.tuple(fc.nat(whole.length - 1), fc.nat(255)).map(([at, byte]) => {
      const copy = Buffer.from(whole);
      copy[at] = byte;
      return copy;
    });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), spoilt), (bytes) => {
        try {
          mooJson(parseMoo(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(MooError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
