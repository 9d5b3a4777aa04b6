import { wellFormed } from '#shared/text/wellFormed.ts';

/** Reads server-sent events from pieces cut anywhere, in the middle of a character too. */
export class EventReader {
  readonly #decoder = new TextDecoder();
  readonly #onData: (data: string) => void;
  #rest = '';

  /** @param onData called with the content of each `data:` line. Chat completions put one event on one line. */
  constructor(onData: (data: string) => void) {
    this.#onData = onData;
  }

  feed(bytes: Uint8Array): void {
    this.#take(this.#decoder.decode(bytes, { stream: true }));
  }

  /** The last line may lack its end. */
  end(): void {
    this.#take(`${this.#decoder.decode()}\n`);
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('data:')) this.#onData(wellFormed(line.slice('data:'.length)).trim());
  }
}
