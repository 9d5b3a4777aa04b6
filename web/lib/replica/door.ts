/** Something that may go through only at times: closed at first, it keeps whoever comes until it is opened. */
export class Door {
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
