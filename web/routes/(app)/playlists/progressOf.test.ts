import { expect, it } from 'vitest';
import { progressOf } from './progressOf.ts';

const running = { work: 'playlist:1', state: 'running', done: 0, total: null } as const;

it('says no figure before EurIA has chosen anything, and nothing at all of what nobody reports', () => {
  expect(progressOf(undefined, true)).toEqual({ said: 'ai.asked', share: null });
  expect(progressOf(running, true)).toEqual({ said: 'ai.asked', share: null });
  expect(progressOf({ ...running, total: 25 }, true)).toEqual({ said: 'ai.asked', share: null });
  expect(progressOf({ ...running, done: 3, total: 25 }, true)).toEqual({
    said: 'ai.busy',
    share: 3 / 25,
    counted: { n: 3, total: 25 },
  });
  expect(progressOf({ ...running, done: 3, total: 25 }, false)).toEqual({ said: 'ai.unknown', share: null });
});
