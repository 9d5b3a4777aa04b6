/** A latch: closed at first, it holds whoever waits for it until it is opened, and may be closed again. */
export class Latch {
  isOpen = false;
  #waiting = new Set<() => void>();

  open(): void {
    this.isOpen = true;
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const pass of waiting) pass();
  }

  close(): void {
    this.isOpen = false;
  }

  /** Resolves when it is open, or the signal fires. */
  opened(signal: AbortSignal): Promise<void> {
    if (this.isOpen || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const pass = (): void => {
        signal.removeEventListener('abort', pass);
        this.#waiting.delete(pass);
        resolve();
      };
      signal.addEventListener('abort', pass);
      this.#waiting.add(pass);
    });
  }
}
