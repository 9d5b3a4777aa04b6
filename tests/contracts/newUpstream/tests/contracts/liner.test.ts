import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Redacted } from '#server/kit/redacted.ts';
import type { SetAside } from '#server/kit/http/setAside.ts';
import { createLinerClient, type LinerClient, type LinerSettings } from '#server/upstreams/liner/index.ts';
import { ImpatientClock } from '#tests/kit/impatientClock.ts';
import { inventedRecords } from '#tests/simulators/catalogue/inventedRecords.ts';
import { type LinerSimulator, startLinerSimulator, TOO_OFTEN } from '#tests/simulators/liner/index.ts';
import { COMMON_FAULTS, patienceWith } from './outcomes.ts';
import { type UpstreamFixture, upstreamFixture } from './upstreamFixture.ts';

const token = 'ln-token-0a1b2c3d';
const records = inventedRecords(3);
const [{ artist, title, year }] = records as [(typeof records)[0]];

let liner: UpstreamFixture<LinerSimulator, LinerSettings, LinerClient>;
let aside: [string, SetAside[]][];
beforeEach(async () => {
  aside = [];
  const sim = await startLinerSimulator({ token, knows: records });
  liner = upstreamFixture(
    { sim, clock: new ImpatientClock(), name: 'Liner Notes', secrets: [token] },
    (settings, options) =>
      createLinerClient({
        settings: { url: sim.url, token: new Redacted(token), ...settings },
        onSetAside: (...entries) => aside.push(entries),
        ...options,
      }),
  );
});
afterEach(() => liner.sim.close());

describe('Liner Notes', () => {
  it('gives the sleeves of records whose names fit, and of others none', async () => {
    expect(await liner.client().sleeves({ artist, title })).toContainEqual({ artist, title, year });
    expect(await liner.client().sleeves({ artist: 'Nobody', title: 'Nothing' })).toEqual([]);
    expect(liner.failures).toEqual([]);
  });

  it('has one without a name set aside and the others read, without a year where none stands there', async () => {
    const sleeves = [
      { artist, title, year: 0 },
      { artist, year },
    ];
    liner.sim.fault({ kind: 'rewrite', rewrite: () => ({ json: { sleeves } }) });
    expect(await liner.client().sleeves({ artist, title })).toEqual([{ artist, title, year: null }]);
    expect(aside).toEqual([['search', [{ reason: 'no-title', raw: sleeves[1] }]]]);
  });

  it('takes its token only', async () => {
    const other = liner.client({ token: new Redacted('another') });
    expect(await liner.failure(other.sleeves({ artist, title }))).toMatchObject({ kind: 'refused', passing: false });
  });

  it('is left alone for as long as it asks', async () => {
    const client = liner.client();
    liner.sim.fault(TOO_OFTEN);
    const asked = { kind: 'rate-limited', retryAfterSeconds: 90 };
    expect(await liner.failure(client.sleeves({ artist, title }))).toMatchObject(asked);
    expect(await liner.failure(client.sleeves({ artist, title }))).toMatchObject({ kind: 'rate-limited' });
    expect(liner.sim.requests).toHaveLength(1);
    client.blockedUntil = 0;
    expect(await client.sleeves({ artist, title })).not.toEqual([]);
  });

  it.each(COMMON_FAULTS)('is asked again after %s', async (_what, fault, kind) => {
    liner.sim.fault(fault);
    expect(await liner.client({}, patienceWith(fault)).sleeves({ artist, title })).not.toEqual([]);
    expect(liner.failures.map((one) => one.kind)).toEqual([kind]);
  });

  it('has no empty answer where the list is missing', async () => {
    liner.sim.fault({ kind: 'wrong-type', path: 'sleeves', value: undefined, times: Infinity });
    expect(await liner.failure(liner.client().sleeves({ artist, title }))).toMatchObject({ kind: 'malformed' });
  });
});
