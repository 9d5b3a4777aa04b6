import { expect } from 'vitest';
import { flawsOf } from './flaws.ts';

/** Looks at a library's file from the outside: whatever was done to it, there must be nothing wrong with it. */
export function expectSound(file: string): void {
  expect(flawsOf(file)).toEqual([]);
}
