import type { Progress } from '#shared/sync/stream.ts';
import type { Log } from '../kit/log.ts';
import { problemOf } from '../kit/problemOf.ts';
import type { Archive } from '../library/api/archive.ts';

/** Restores of archives that a person asked for: each goes on by itself and announces how far it is. */
export class ArchiveRestores {
  readonly #archive: Archive;
  readonly #log: Log;
  readonly #publish: (progress: Progress) => void;
  readonly #running = new Map<string, Promise<void>>();
  readonly #stop = new AbortController();

  constructor(archive: Archive, log: Log, publish: (progress: Progress) => void) {
    this.#archive = archive;
    this.#log = log;
    this.#publish = publish;
  }

  running(): string[] {
    return [...this.#running.keys()];
  }

  /** Begins, or joins the one that is going. */
  begin(name: string): void {
    if (this.#running.has(name)) return;
    const work = `archive:${name}`;
    const restore = async () => {
      try {
        const revived = await this.#archive.restore(name, { signal: this.#stop.signal }, (done, total) =>
          this.#publish({ work, state: 'running', done, total }),
        );
        this.#log.info('archive restored', { name, ...revived });
        const done = revived.listens + revived.recorded;
        this.#publish({ work, state: 'done', done, total: done });
      } catch (error) {
        const { message } = error as Error;
        this.#log.warn('archive not restored', { name, error: message });
        this.#publish({
          work,
          state: this.#stop.signal.aborted ? 'cancelled' : 'failed',
          done: 0,
          total: null,
          message,
          problem: problemOf(error),
        });
      } finally {
        this.#running.delete(name);
      }
    };
    this.#running.set(name, restore());
  }

  async close(): Promise<void> {
    this.#stop.abort(new Error('The server is stopping'));
    await Promise.all(this.#running.values());
  }
}
