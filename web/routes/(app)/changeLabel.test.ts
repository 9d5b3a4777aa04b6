import { expect, it, vi } from 'vitest';
import en from '../../lib/i18n/en/index.ts';
import { fill, type Params } from '../../lib/i18n/message.ts';
import { changeLabel } from './changeLabel.ts';

vi.mock('$lib/i18n/index.svelte.ts', () => {
  const say = (key: string, values: Params = {}) =>
    fill(en[key as keyof typeof en], values, new Intl.PluralRules('en'), new Intl.NumberFormat('en'));
  return { t: say, lookUp: (key: string) => (key in en ? say(key) : undefined) };
});

it('says in a line what was done and to what', () => {
  const about = 'Kind of Blue – Miles Davis';
  const rated = (rating: 0 | 4) =>
    changeLabel({ kind: 'rate-album', about, mutation: { kind: 'rate-album', albumId: '1', rating } });
  expect(rated(4)).toBe('Kind of Blue – Miles Davis: 4 / 5');
  expect(rated(0)).toBe('Kind of Blue – Miles Davis: Not rated');
  expect(changeLabel({ kind: 'note-album', about })).toBe('Note: Kind of Blue – Miles Davis');
  expect(changeLabel({ kind: 'love-track', about, mutation: { kind: 'love-track', trackId: 1, loved: false } })).toBe(
    'No longer loved: Kind of Blue – Miles Davis',
  );
  expect(changeLabel({ kind: 'rate-album', about: '' })).toBe('Rating');
  expect(changeLabel({ kind: 'playlist', name: 'Night', did: 'delete' })).toBe('Playlist “Night”, its deletion');
  expect(changeLabel({ kind: 'playlist', name: 'Night' })).toBe('Playlist “Night”');
  expect(changeLabel({ kind: 'playlist', did: 'delete' })).toBe('A playlist, its deletion');
});
