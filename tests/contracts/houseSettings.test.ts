import { describe, expect, onTestFinished, test } from 'vitest';
import { type EuriaSimulatorOptions, startEuriaSimulator } from '#tests/simulators/euria/index.ts';
import { openReadingHouse, type ReadingHouse } from './readingHouse.ts';

interface Setting {
  value: unknown;
  source: string;
  readOnlyReason?: string;
}
const zoneOf = async (house: ReadingHouse) => (await house.get<{ timeZone: string }>('/household')).timeZone;
const settingOf = async (house: ReadingHouse, key: string) => (await house.get<{ values: Record<string, Setting> }>('/settings')).values[key];

describe('the house’s time zone', () => {
  test('that a person chose survives a restart', async () => {
    const house = await openReadingHouse({ AIME_TIMEZONE: '' });
    expect((await house.ask('PUT', '/settings', { timezone: 'Asia/Tokyo' })).status).toBe(200);
    expect(await zoneOf(house)).toBe('Asia/Tokyo');
    const again = await house.restart({ AIME_TIMEZONE: '' });
    expect(await zoneOf(again)).toBe('Asia/Tokyo');
    expect(await settingOf(again, 'timezone')).toEqual({ value: 'Asia/Tokyo', source: 'app' });
  });

  test('that the library began with stays when nobody says one any more', async () => {
    const house = await openReadingHouse({ AIME_TIMEZONE: 'Pacific/Auckland' });
    expect(await zoneOf(await house.restart({ AIME_TIMEZONE: '' }))).toBe('Pacific/Auckland');
  });

  test('that the environment sets wins, cannot be changed in the app, and says so', async () => {
    const house = await openReadingHouse({ AIME_TIMEZONE: '' });
    await house.ask('PUT', '/settings', { timezone: 'Asia/Tokyo' });
    const fixed = await house.restart({ AIME_TIMEZONE: 'Europe/Lisbon' });
    expect(await zoneOf(fixed)).toBe('Europe/Lisbon');
    expect(await settingOf(fixed, 'timezone')).toEqual({ value: 'Europe/Lisbon', source: 'environment', readOnlyReason: 'Set by the environment (AIME_TIMEZONE)' });
    expect(await fixed.ask('PUT', '/settings', { timezone: 'Asia/Tokyo' })).toMatchObject({ status: 400, json: { error: { field: 'timezone' } } });
    expect(await zoneOf(fixed)).toBe('Europe/Lisbon');
  });
});

describe('EurIA in Settings', () => {
  async function houseWith(options: EuriaSimulatorOptions = {}, environment: Record<string, string> = {}) {
    const euria = await startEuriaSimulator(options);
    onTestFinished(() => euria.close());
    const house = await openReadingHouse({ EURIA_URL: euria.url, EURIA_TOKEN: 'euria-token', EURIA_MODEL: 'small', ...environment });
    return { euria, house };
  }
  const models = [{ name: 'small' }, { name: 'large' }];

  test('offers the models that the service lists', async () => {
    const { house } = await houseWith({ models });
    expect(await house.get('/services/euria/models')).toEqual({ items: models });
    expect((await house.ask('POST', '/services/euria/test')).json).toEqual({ ok: true, message: 'EurIA answers with small' });
  });

  test('offers none while it is not connected, and says so when tried', async () => {
    const house = await openReadingHouse();
    expect(await house.get('/services/euria/models')).toEqual({ items: [] });
    expect((await house.ask('POST', '/services/euria/test')).json).toMatchObject({ ok: false });
    expect(await house.get('/services/euria/usage')).toEqual({ used: 0, cap: 200 });
  });

  test('a service that refuses is told in words, not as a fault of the house', async () => {
    const { house } = await houseWith({ models }, { EURIA_TOKEN: 'wrong' });
    expect(await house.ask('GET', '/services/euria/models')).toMatchObject({ status: 502, json: { error: { kind: 'upstream' } } });
    expect((await house.ask('GET', '/services/euria/models')).text).not.toContain('wrong');
  });

  test('counts the texts of the day, keeps the count over a restart, and takes another cap', async () => {
    const { house } = await houseWith({ models });
    const played = { source: 'lastfm' as const, sourceKey: '1', playedAt: 1_750_000_000, artist: 'Marée Lente', title: 'Slack Water', album: 'Tidewater', raw: null };
    house.library.scrobbles.record([played]);
    const { items } = await house.get<{ items: { id: number }[] }>('/collection/albums?pageSize=1');
    expect((await house.ask('POST', `/collection/albums/${items[0]!.id}/words`)).status).toBe(202);
    await expect.poll(() => house.get<{ used: number }>('/services/euria/usage').then(({ used }) => used)).toBeGreaterThan(0);
    const before = await house.get<{ used: number; cap: number }>('/services/euria/usage');
    await house.ask('PUT', '/settings', { 'euria.dailyCap': 5 });
    const again = await house.restart({ EURIA_URL: 'http://127.0.0.1:9' });
    expect(await again.get('/services/euria/usage')).toMatchObject({ cap: 5, used: expect.any(Number) as unknown });
    expect((await again.get<{ used: number }>('/services/euria/usage')).used).toBeGreaterThanOrEqual(before.used);
  });
});
