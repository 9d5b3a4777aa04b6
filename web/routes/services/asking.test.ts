import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Asking } from './asking.ts';

let asked: number;
let answer: () => void;
let isSeen: boolean;
let asking: Asking;

beforeEach(() => {
  vi.useFakeTimers();
  [asked, isSeen, answer] = [0, true, () => undefined];
  asking = new Asking(
    () => (asked++, new Promise((resolve) => (answer = resolve))),
    () => isSeen,
  );
});
afterEach(() => vi.useRealTimers());

const answered = async () => {
  answer();
  await vi.advanceTimersByTimeAsync(2_000);
};

it('asks at once, once for all that happens together, and again for what happened while it was asking', async () => {
  asking.request();
  asking.request();
  expect(asked).toBe(1);
  await answered();
  expect(asked).toBe(2);
  await answered();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toBe(2);
  asking.request();
  expect(asked).toBe(3);
});

it('asks nothing while nobody looks, and all the more when somebody does', async () => {
  isSeen = false;
  asking.request();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toBe(0);
  isSeen = true;
  asking.request();
  expect(asked).toBe(1);
  await answered();
  expect(asked).toBe(1);
});

it('asks no more once it is stopped', async () => {
  asking.request();
  asking.request();
  asking.stop();
  await answered();
  expect(asked).toBe(1);
});
