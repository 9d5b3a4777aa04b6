import { describe, expect, it } from 'vitest';
import { PlaylistAlgorithms } from '#shared/library/playlist.ts';
import { defaultName } from './defaultName.ts';

const NOW = 1_790_000_000;

describe('defaultName', () => {
  it("names every kind of list differently, in the household's language", () => {
    for (const language of ['fr', 'en'] as const) {
      const names = PlaylistAlgorithms.map((algorithm) => defaultName({ algorithm, decade: 1970 }, language, NOW));
      expect(new Set(names).size).toBe(PlaylistAlgorithms.length);
      expect(names).not.toContain('');
    }
    expect(defaultName({ algorithm: 'decade', decade: 1970 }, 'en', NOW)).toBe('1970s');
    expect(defaultName({ algorithm: 'decade', decade: 1970 }, 'fr', NOW)).toBe('Années 1970');
  });

  it('takes the prompt itself, on one line and no longer than a name', () => {
    expect(defaultName({ algorithm: 'ai', prompt: ' Rain\n on\u2028 the roof ' }, 'en', NOW)).toBe('Rain on the roof');
    const long = defaultName(
      { algorithm: 'ai', prompt: 'Something slow for a long drive home after a concert in the rain, with strings' },
      'en',
      NOW,
    );
    expect(long).toBe('Something slow for a long drive home after a concert in the…');
    expect([...defaultName({ algorithm: 'ai', prompt: '👁'.repeat(200) }, 'en', NOW)].length).toBeLessThanOrEqual(61);
    expect(defaultName({ algorithm: 'ai', prompt: '\u0000' }, 'fr', NOW)).toBe('Sur demande');
  });

  it('says what else was wished for', () => {
    const seventies = { algorithm: 'decade', decade: 1970, options: { notHeardSince: NOW - 365 * 86_400 } } as const;
    expect(defaultName(seventies, 'en', NOW)).toBe('1970s, not heard for a year');
    expect(defaultName(seventies, 'fr', NOW)).toBe('Années 1970, non écoutés depuis un an');
    const loved = { algorithm: 'loved', options: { ownedOnly: true, notHeardSince: NOW - 12 * 86_400 } } as const;
    expect(defaultName(loved, 'en', NOW)).toBe('Loved, that I own, not heard for 12 days');
    expect(defaultName({ algorithm: 'loved', options: {} }, 'en', NOW)).toBe('Loved');
  });
});
