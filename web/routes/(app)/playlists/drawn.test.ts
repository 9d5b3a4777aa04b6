import { describe, expect, it } from 'vitest';
import { againOf, type Drawn, isOfSentence, shortage } from './drawn.ts';
import { defaultRequest, optionsOf } from './playlistRequest.ts';

const NOW = 1_800_000_000;
const drawn = (more: Partial<Drawn> = {}): Drawn => ({
  number: 1,
  algorithm: 'random',
  trackIds: [1, 2, 3],
  found: 3,
  request: defaultRequest,
  options: { length: 25 },
  asked: 25,
  at: NOW,
  short: null,
  ...more,
});

describe('a draw beside the sentence', () => {
  it('is that sentence’s until one of its words is another; words of other algorithms are none of it', () => {
    expect(isOfSentence(drawn(), defaultRequest)).toBe(true);
    expect(isOfSentence(drawn(), { ...defaultRequest })).toBe(true);
    expect(isOfSentence(drawn(), { ...defaultRequest, since: 'year' })).toBe(false);
    expect(isOfSentence(drawn(), { ...defaultRequest, period: 'year', decade: '1980' })).toBe(true);
    expect(optionsOf('random', { ...defaultRequest, period: 'year' }, NOW, 's')).toEqual(
      optionsOf('random', defaultRequest, NOW, 's'),
    );
  });

  it('is counted on while the sentence is the same', () => {
    expect(againOf(undefined, defaultRequest)).toBe(1);
    expect(againOf(drawn({ number: 2 }), defaultRequest)).toBe(3);
    expect(againOf(drawn({ number: 2 }), { ...defaultRequest, length: '10' })).toBe(1);
  });

  it('says why it is short by what it found, not by what a person left out, and of a time only where one was asked for', () => {
    expect(shortage(drawn())).toBeUndefined();
    expect(shortage(drawn({ short: 'nothing-else', trackIds: [1] }))).toEqual({ found: 3, why: 'nothing-else' });
    expect(shortage(drawn({ short: 'nothing-else', trackIds: [], found: 0 }))).toEqual({
      found: 0,
      why: 'nothing-fits',
    });
    expect(shortage(drawn({ short: 'nothing-heard', found: 0 }))).toEqual({ found: 0, why: 'nothing-heard' });
    const inTime = { length: 25, period: { from: 1, to: 2 } } as Drawn['options'];
    expect(shortage(drawn({ short: 'nothing-heard', found: 0, options: inTime }))).toEqual({
      found: 0,
      why: 'nothing-heard-then',
    });
  });
});
