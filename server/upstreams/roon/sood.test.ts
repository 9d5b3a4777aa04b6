import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coreFromReply, coreQuery, encodeSood, parseSood, ROON_SERVICE_ID } from './sood.ts';

const reply = (change: Record<string, string | null> = {}) =>
  new Map<string, string | null>(
    Object.entries({
      service_id: ROON_SERVICE_ID,
      unique_id: 'core-1',
      name: 'Salon',
      display_version: '2.70',
      http_port: '9330',
      ...change,
    }),
  );
const core = (change: Record<string, string | null>) =>
  coreFromReply({ type: 'R', properties: reply(change) }, '10.0.0.9');

describe('packets', () => {
  it('writes lengths, null and the empty text as the protocol has them', () => {
    const properties = new Map([
      ['a', 'é'],
      ['none', null],
      ['empty', ''],
    ] as [string, string | null][]);
    const bytes = encodeSood({ type: 'R', properties });
    expect(bytes.toString('hex')).toBe('534f4f4402520161' + '0002c3a9' + '046e6f6e65ffff' + '05656d7074790000');
    expect(parseSood(bytes)).toEqual({ type: 'R', properties });
  });

  it('asks for Cores under an id of its own', () => {
    const properties = parseSood(coreQuery('tid-1'))?.properties;
    expect([...(properties ?? [])]).toEqual([
      ['query_service_id', ROON_SERVICE_ID],
      ['_tid', 'tid-1'],
    ]);
  });

  it('refuses names and values that its lengths cannot say', () => {
    for (const [name, value] of [
      ['', 'x'],
      ['n'.repeat(256), 'x'],
      ['n', 'x'.repeat(65_535)],
    ] as const) {
      expect(() => encodeSood({ type: 'Q', properties: new Map([[name, value]]) })).toThrow(RangeError);
    }
  });

  it('reads back whatever was written', () => {
    const entry = fc.tuple(
      fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme-ascii' }),
      fc.option(fc.string({ unit: 'grapheme' })),
    );
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const packet = { type: 'Q' as const, properties: new Map(entries) };
        expect(parseSood(encodeSood(packet))).toEqual(packet);
      }),
    );
  });

  it('takes any datagram for a packet or for nothing, a packet cut anywhere for nothing or less of it', () => {
    const whole = encodeSood({ type: 'R', properties: reply() });
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void parseSood(bytes)));
    for (let at = 0; at < whole.length; at += 1) {
      expect(parseSood(whole.subarray(0, at))?.properties.size ?? 0).toBeLessThan(5);
    }
  });
});

describe('answers', () => {
  it('give a Core and its port, at the address they name or came from', () => {
    const found = { id: 'core-1', name: 'Salon', version: '2.70', host: '10.0.0.9', port: 9330 };
    expect(core({})).toEqual(found);
    expect(core({ _replyaddr: null })).toEqual(found);
    expect(core({ _replyaddr: '10.0.0.77' })).toEqual({ ...found, host: '10.0.0.77' });
    expect(core({ _replyaddr: 'evil.example/x' })).toEqual(found);
    expect(core({ name: '', display_version: null })).toEqual({ ...found, name: 'Roon Core', version: '' });
  });

  it('are nobody’s without the service, an id or a usable port', () => {
    const wrong = [{ service_id: 'x' }, { unique_id: '' }, { unique_id: null }, { unique_id: 'x'.repeat(300) }];
    const ports = ['', '0', '65536', '-1', '9330a', '1e3', null].map((http_port) => ({ http_port }));
    for (const change of [...wrong, ...ports]) expect(core(change as Record<string, string | null>)).toBeNull();
    expect(coreFromReply({ type: 'Q', properties: reply() }, '10.0.0.9')).toBeNull();
  });
});
