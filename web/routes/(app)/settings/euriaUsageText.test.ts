import { describe, expect, it, vi } from 'vitest';
import { EURIA } from '#shared/library/euriaState.ts';
import en from '../../../lib/i18n/en/index.ts';
import fr from '../../../lib/i18n/fr/index.ts';
import { fill, type Message, type Params } from '../../../lib/i18n/message.ts';
import type { EuriaUsage } from '#shared/api/euria.ts';
import { automaticTextStatus, usageText } from './euriaUsageText.ts';

vi.mock('$lib/i18n/index.svelte.ts', () => ({
  t: (key: keyof typeof en, params: Params = {}) =>
    fill(en[key], params, new Intl.PluralRules('en-GB'), new Intl.NumberFormat('en-GB')),
}));

const OFF: EuriaUsage = {
  isOn: false,
  used: 0,
  cap: 200,
  next: null,
  asked: { used: 0, cap: 200 },
  withoutWords: { owned: 120, others: 300 },
};
const ON: EuriaUsage = { ...OFF, isOn: true, used: 2, next: 1_700_000_000 };

describe('what is said of automatic writing', () => {
  it('says before it is on how many texts that is, for which records, and in how many days', () => {
    expect(automaticTextStatus(OFF, '')).toBe(
      'Off: EurIA only writes when you ask. Turned on, EurIA would have about 420 texts to write: about 120 for records you own, which come first, and about 300 for others you have heard. At 200 a day that takes about 3 days.',
    );
    expect(automaticTextStatus({ ...OFF, withoutWords: { owned: 0, others: 0 } }, '')).toMatch(/nothing to write now/);
    expect(automaticTextStatus({ ...OFF, cap: 0 }, '')).toMatch(/set to none\.$/);
    expect(automaticTextStatus({ ...OFF, cap: 0 }, '')).not.toMatch(/days/);
  });

  it('says once it is on what is left, and when the next comes', () => {
    expect(automaticTextStatus(ON, '14:05')).toBe(
      'About 420 texts are left to write, the records you own first. The next comes after 14:05.',
    );
    expect(automaticTextStatus({ ...ON, withoutWords: { owned: 0, others: 0 } }, '14:05')).toBe(
      'Nothing is left to write; EurIA writes about each record that comes.',
    );
    expect(automaticTextStatus({ ...ON, cap: 0, next: null }, '')).toMatch(/writes nothing automatically/);
  });
});

describe.each([
  ['en', en as Record<string, Message>, /pause/],
  ['fr', fr as Record<string, Message>, /pause/],
] as const)('EurIA’s states in %s', (_language, messages, pause) => {
  it.each(EURIA.map(({ code }) => code).filter((code) => code !== 'not-configured'))(
    '%s has a sentence of its own',
    (code) => {
      const said = messages[`state.${code}`] as string;
      expect(said).toMatch(/\.$/);
      expect(said).not.toMatch(/\{/);
      expect(pause.test(said)).toBe(code === 'paused');
    },
  );
  it.each([
    'unreachable',
    'timeout',
    'resting',
    'malformed',
    'broken',
    'bad-request',
    'missing-scope',
    'no-credit',
    'wrong-address',
    'model-unknown',
  ])('and what went wrong (%s) has one too', (code) => {
    expect(messages[`serviceError.${code}`]).toMatch(/\.$/);
  });
});

describe('what is said of a day’s share', () => {
  it('is that there is none where none is allowed, whatever was used before', () => {
    expect(usageText('asked', { used: 4, cap: 20 })).toBe('4 of 20 asked for today, playlists too.');
    expect(usageText('asked', { used: 4, cap: 0 })).toBe(
      'None may be asked for now; 4 were asked for today, playlists too.',
    );
    for (const of of ['asked', 'used'] as const) expect(usageText(of, { used: 0, cap: 0 })).not.toMatch(/\d/);
  });

  it('that is used up is said by its number: none, one or more', () => {
    const said = (description: typeof en | Record<string, Message>, language: string, cap: number) =>
      fill(
        description['errorCode.cap-reached'],
        { cap },
        new Intl.PluralRules(language),
        new Intl.NumberFormat(language),
      );
    expect(said(en, 'en-GB', 0)).toMatch(/no text: Settings allow none/);
    expect(said(en, 'en-GB', 1)).toMatch(/^The 1 text that .* was asked/);
    expect(said(fr, 'fr', 1)).toMatch(/^Le texte .* a été demandé\./);
    expect(said(fr, 'fr', 2)).toMatch(/^Les 2 textes .* ont été demandés\./);
  });
});
