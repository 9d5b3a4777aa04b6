import { expect, it } from 'vitest';
import { type Known, recoveryView } from './recoveryView.ts';

const view = (known: Partial<Known>) =>
  recoveryView({
    state: 'none',
    unreachable: false,
    working: false,
    given: false,
    failed: false,
    held: false,
    ...known,
  });

it('says nothing of a library that the server cannot be asked about', () => {
  expect(view({ state: undefined })).toBe('asking');
  for (const state of [undefined, 'none', 'recovery', 'rebuilding'] as const)
    expect(view({ state, unreachable: true })).toBe('away');
  expect(view({})).toBe('fine');
});

it('offers nothing to decide once all was given, until that fails or the library is there', () => {
  for (const state of ['recovery', 'rebuilding'] as const) {
    expect(view({ state })).toBe('lost');
    expect(view({ state, given: true })).toBe('finishing');
    expect(view({ state, given: true, working: true, unreachable: true })).toBe('finishing');
    expect(view({ state, given: true, failed: true })).toBe('lost');
  }
  expect(view({ given: true })).toBe('fine');
});

it('goes on with what is under way while the server does not answer for a moment', () => {
  expect(view({ state: 'recovery', working: true, unreachable: true })).toBe('lost');
  expect(view({ state: undefined, working: true })).toBe('lost');
});

it('asks about a library that is held, also while the server is away, but never over a loss', () => {
  expect(view({ held: true })).toBe('held');
  expect(view({ held: true, unreachable: true })).toBe('held');
  expect(view({ held: true, state: 'recovery' })).toBe('lost');
});
