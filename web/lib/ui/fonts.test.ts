import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { facesHere } from './fonts.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A page whose faces come one after the other, each after so many milliseconds. @returns whether it is still waiting. */
function opening(...faces: number[]): () => boolean {
  vi.stubGlobal('document', {
    fonts: { load: () => new Promise<void>((resolve) => void setTimeout(resolve, faces.shift())) },
  });
  let waiting = true;
  void facesHere().then(() => (waiting = false));
  return () => waiting;
}

test('a page waits for the faces of a slow machine, the italic too: no word is measured twice', async () => {
  const waiting = opening(200, 1_600, 1_200);
  await vi.advanceTimersByTimeAsync(1_500);
  expect(waiting()).toBe(true);
  await vi.advanceTimersByTimeAsync(100);
  expect(waiting()).toBe(false);
});

test('a face that does not come keeps nobody', async () => {
  const waiting = opening(0, 60_000, 0);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(waiting()).toBe(false);
});
