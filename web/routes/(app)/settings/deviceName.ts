/** What a device's browser says of itself, so that two phones can be distinguished. Only what it says: nothing is guessed. */
export interface DeviceTraits {
  kind: 'phone' | 'tablet' | 'computer';
  browser: string | undefined;
  system: string | undefined;
}

/** By the token that identifies one: the first that fits counts, since most of them name others too (https://developer.mozilla.org/docs/Web/HTTP/Guides/Browser_detection_using_the_user_agent). */
const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg(?:A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|OPT)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Headless)?(?:Chrome|CriOS)\/|\bChromium\//, 'Chrome'],
  [/\bVersion\/[\d.]+ .*Safari\//, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/\biPad\b/, 'iPadOS'],
  [/\biPhone\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** @param userAgent as the device sent it; null where it sent none. */
export function deviceTraits(userAgent: string | null): DeviceTraits {
  const text = userAgent ?? '';
  const named = (patterns: readonly [RegExp, string][]) => patterns.find(([pattern]) => pattern.test(text))?.[1];
  const isTablet = /\biPad\b|\bTablet\b/.test(text) || (/\bAndroid\b/.test(text) && !/\bMobile\b/.test(text));
  const kind = isTablet ? 'tablet' : /Mobi|\bAndroid\b|\biPhone\b/.test(text) ? 'phone' : 'computer';
  return { kind, browser: named(BROWSERS), system: named(SYSTEMS) };
}
