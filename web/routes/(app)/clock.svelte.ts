import { createSubscriber } from 'svelte/reactivity';

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, 30_000);
  return () => clearInterval(timer);
});

/** The present to the minute, in seconds since the epoch: what is compared up to now stays as it is for as long as the clock on the wall does. */
export const presentMinute = (): number => Math.floor(clock.now / 60_000) * 60;

/** The present in milliseconds, moving on every half minute while someone looks. */
export const clock = {
  get now(): number {
    subscribe();
    return Date.now();
  },
};
