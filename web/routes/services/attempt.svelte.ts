import { errorMessage } from './serverSettings.svelte.ts';

/** Asks the server to do something, and holds why the last try failed. Reactive. */
export class Attempt {
  #error = $state<string>();

  /** As a sentence; undefined when the last one went through or is under way. */
  get error(): string | undefined {
    return this.#error;
  }

  /** Never rejects. */
  async run(act: () => Promise<unknown>): Promise<void> {
    this.#error = undefined;
    try {
      await act();
    } catch (error) {
      this.#error = errorMessage(error);
    }
  }
}
