import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';
import { broadcastAddress } from './discovery.ts';
import { roonSettings } from './settings.ts';

describe('settings', () => {
  it('asks for nothing, and polls every 120 s', () => {
    expect(v.parse(roonSettings, {})).toEqual({ pollSeconds: 120 });
    expect(v.parse(roonSettings, { host: ' core.lan ', port: 9330 })).toMatchObject({ host: 'core.lan', port: 9330 });
  });

  it.each([{ host: 'http://core.lan' }, { host: '' }, { port: 0 }, { port: 70_000 }, { port: 1.5 }, { pollSeconds: 1 }])(
    'refuses %o',
    (settings) => {
      expect(v.safeParse(roonSettings, settings).success).toBe(false);
    },
  );
});

it('waits twice as long after each failure, within limits and never in step', () => {
  expect([1, 2, 3, 7, 1000].map((failures) => backoffMs(failures, 1000, 60_000, 0.5))).toEqual([1000, 2000, 4000, 60_000, 60_000]);
  expect([backoffMs(1, 1000, 60_000, 0), backoffMs(1, 1000, 60_000, 0.999)].map(Math.round)).toEqual([750, 1250]);
});

it('works out the broadcast address of any network', () => {
  expect(broadcastAddress('192.168.1.20', '255.255.255.0')).toBe('192.168.1.255');
  expect(broadcastAddress('10.1.2.3', '255.255.240.0')).toBe('10.1.15.255');
  expect(broadcastAddress('10.1.2.3', '255.255.255.255')).toBe('10.1.2.3');
});
