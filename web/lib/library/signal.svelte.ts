import type { Signal } from './signal.ts';

/** A signal that Svelte's reactivity follows. */
export class RuneSignal implements Signal {
  #version = $state(0);

  track(): void {
    void this.#version;
  }

  bump(): void {
    this.#version++;
  }
}
