import { expect, it } from 'vitest';
import { type InstallFacts, installWay, isAppleHandheld } from './installWay.ts';

const NOTHING: InstallFacts = { installed: false, prompt: false, secure: true, apple: false };

it.each<[what: string, facts: Partial<InstallFacts>, way: ReturnType<typeof installWay>]>([
  ['nothing where the browser cannot', {}, null],
  ['a button where the browser has offered it', { prompt: true }, 'prompt'],
  ['steps on an iPhone or iPad', { apple: true }, 'share'],
  ['nothing there over plain http, where it would not open offline', { apple: true, secure: false }, null],
  ['that it is installed', { installed: true, prompt: true, apple: true }, 'installed'],
])('installing: %s', (_what, facts, way) => {
  expect(installWay({ ...NOTHING, ...facts })).toBe(way);
});

it.each([
  [true, 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15', 5],
  [true, 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.4 Safari/605.1.15', 5],
  [false, 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.4 Safari/605.1.15', 0],
  [false, 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0', 5],
])('an iPhone or iPad: %s of %s', (apple, userAgent, maxTouchPoints) => {
  expect(isAppleHandheld({ userAgent, maxTouchPoints })).toBe(apple);
});
