import { expect, test } from 'vitest';
import { timeZones, zoneMeant, zoneName } from './timeZones.ts';

const WINTER = Date.UTC(2026, 0, 15);
const SUMMER = Date.UTC(2026, 6, 15);

test('a zone is read by its city, in the language of the page, and by its clocks', () => {
  expect(zoneName('Europe/Zurich', 'fr', WINTER)).toBe('Zurich (UTC+1)');
  expect(zoneName('Europe/London', 'fr', SUMMER)).toBe('Londres (UTC+1)');
  expect(zoneName('Europe/London', 'en', WINTER)).toBe('London (UTC)');
  expect(zoneName('America/Argentina/Buenos_Aires', 'en', WINTER)).toBe('Buenos Aires (UTC−3)');
  expect(zoneName('Asia/Calcutta', 'en', WINTER)).toBe('Kolkata (UTC+5:30)');
  for (const zone of ['UTC', 'Etc/UTC']) expect(zoneName(zone, 'fr', WINTER)).toBe('UTC');
  expect(zoneName('Mars/Olympus_Mons', 'en', WINTER)).toBe('Mars/Olympus Mons');
});

test('no zone is offered by its code, and each can be distinguished from the others', () => {
  for (const language of ['fr', 'en'] as const) {
    const zones = timeZones('Europe/Zurich', language, WINTER);
    expect(zones.filter(({ label }) => /[/_]/.test(label))).toEqual([]);
    const labels = zones.map(({ label }) => label);
    expect(labels.filter((label, at) => labels.indexOf(label) !== at)).toEqual([]);
  }
  expect(timeZones('Mars/Olympus_Mons', 'en', WINTER)[0]).toEqual({
    value: 'Mars/Olympus_Mons',
    label: 'Mars/Olympus Mons',
  });
});

test('what is typed finds the zone, by its name, its code, or the beginning of its city', () => {
  const zones = timeZones('Europe/Zurich', 'fr', WINTER);
  expect(zoneMeant('Europe/Zurich', zones)).toBe('Europe/Zurich');
  expect(zoneMeant('Londres (UTC)', zones)).toBe('Europe/London');
  expect(zoneMeant('zuri', zones)).toBe('Europe/Zurich');
  expect(zoneMeant('téhéran', zones)).toBe('Asia/Tehran');
  expect(zoneMeant('tokyo', zones)).toBe('Asia/Tokyo');
  expect(zoneMeant('san', zones)).toBeUndefined();
  expect(zoneMeant('', zones)).toBeUndefined();
});
