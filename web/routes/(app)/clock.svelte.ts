import { createSubscriber } from 'svelte/reactivity';

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, 30_000);
  return () => clearInterval(timer);
});

/** The present in milliseconds, moving on every half minute while someone looks. */
export const clock = {
  get now(): number {
    subscribe();
    return Date.now();
  },
};
