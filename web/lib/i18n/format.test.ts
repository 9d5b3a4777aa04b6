import { expect, it, vi } from 'vitest';
import { dateRange } from './format.svelte.ts';

const language = vi.hoisted(() => ({ locale: 'en-GB', language: 'en' }));
vi.mock('./index.svelte.ts', () => ({ current: language, t: (key: string) => key }));

const inEnglish = () => Object.assign(language, { locale: 'en-GB', language: 'en' });
const inFrench = () => Object.assign(language, { locale: 'fr-FR', language: 'fr' });

it('writes two dates with what they share once, and always with their years', () => {
  inEnglish();
  expect(dateRange('2026-11-16', '2026-11-22', 'long')).toBe('16 – 22 November 2026');
  expect(dateRange('2026-11-30', '2026-12-06', 'shortYear')).toBe('30 Nov – 6 Dec 2026');
  expect(dateRange('2026-12-28', '2027-01-03', 'long')).toBe('28 December 2026 – 3 January 2027');
  inFrench();
  expect(dateRange('2026-06-01', '2026-06-07', 'long')).toBe('1er – 7 juin 2026');
  expect(dateRange('2026-04-27', '2026-05-01', 'long')).toBe('27 avril – 1er mai 2026');
});
