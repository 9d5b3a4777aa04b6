import { describe, expect, it } from 'vitest';
import { PlaylistAlgorithms } from '#shared/library/playlist.ts';
import { defaultName } from './defaultName.ts';

describe('defaultName', () => {
  it('tells every kind of list apart, in the household\'s language', () => {
    for (const language of ['fr', 'en'] as const) {
      const names = PlaylistAlgorithms.map((algorithm) => defaultName({ algorithm, decade: 1970 }, language));
      expect(new Set(names).size).toBe(PlaylistAlgorithms.length);
      expect(names).not.toContain('');
    }
    expect(defaultName({ algorithm: 'decade', decade: 1970 }, 'en')).toBe('The 1970s');
    expect(defaultName({ algorithm: 'decade', decade: 1970 }, 'fr')).toBe('Les années 1970');
  });

  it('takes the wish itself, on one line and no longer than a name', () => {
    expect(defaultName({ algorithm: 'ai', prompt: ' Rain\n on\u2028 the roof ' }, 'en')).toBe('Rain on the roof');
    const long = defaultName({ algorithm: 'ai', prompt: 'Something slow for a long drive home after a concert in the rain, with strings' }, 'en');
    expect(long).toBe('Something slow for a long drive home after a concert in the…');
    expect([...defaultName({ algorithm: 'ai', prompt: '👁'.repeat(200) }, 'en')].length).toBeLessThanOrEqual(61);
    expect(defaultName({ algorithm: 'ai', prompt: '\u0000' }, 'fr')).toBe('Sur demande');
  });
});
