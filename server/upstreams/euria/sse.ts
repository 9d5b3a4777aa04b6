import { createParser, type EventSourceParser } from 'eventsource-parser';
import { wellFormed } from '#shared/text/wellFormed.ts';

/** Reads server-sent events from pieces cut anywhere, in the middle of a character too. */
export class EventReader {
  readonly #decoder = new TextDecoder();
  readonly #parser: EventSourceParser;

  /** @param onData called with the content of each `data:` line. Chat completions put one event on one line, and not all an empty line between two. */
  constructor(onData: (data: string) => void) {
    this.#parser = createParser({
      onEvent({ data }) {
        for (const line of data.split('\n')) onData(wellFormed(line).trim());
      },
    });
  }

  feed(bytes: Uint8Array): void {
    this.#parser.feed(this.#decoder.decode(bytes, { stream: true }));
  }

  /** The last event may lack its end. */
  end(): void {
    this.#parser.feed(`${this.#decoder.decode()}\n\n`);
  }
}
