import { refusalOf, type ShellFacts, type WorkerRefusal } from './offline.ts';
import { COUNT_SHELL, type ShellCount } from './shellFiles.ts';

/** Milliseconds that a worker is given to count: one of an earlier version does not know the question. */
const ANSWER_WITHIN = 10_000;
/** Milliseconds between two counts while the files are on their way. */
const WHILE_FETCHING = 700;

/** What this page knows of the app's own files on this device, as runes. */
export class Shell implements ShellFacts {
  readonly secure = isSecureContext;
  readonly workers = workersOf() !== undefined;
  #refusal = $state<WorkerRefusal | null>(null);
  #active = $state(false);
  #controlled = $state(false);
  #files = $state.raw<ShellCount | null>(null);

  get refusal(): WorkerRefusal | null {
    return this.#refusal;
  }
  get active(): boolean {
    return this.#active;
  }
  get controlled(): boolean {
    return this.#controlled;
  }
  get files(): ShellCount | null {
    return this.#files;
  }

  /** Follows who answers for this page. */
  watch(): void {
    const workers = workersOf();
    if (!workers) return;
    const look = (): void => {
      this.#controlled = workers.controller !== null;
      void this.count();
    };
    look();
    workers.addEventListener('controllerchange', look);
    addEventListener('online', look);
    void workers.ready.then(({ active }) => (this.#active = active !== null));
  }

  /** A worker is being installed, or came to nothing while it was. */
  follow(registration: ServiceWorkerRegistration | undefined): void {
    this.#refusal = null;
    const installing = registration?.installing;
    if (!installing || this.#controlled) return;
    const timer = setInterval(() => void this.#countBy(installing, false), WHILE_FETCHING);
    installing.addEventListener('statechange', () => {
      if (installing.state === 'activated' || installing.state === 'redundant') clearInterval(timer);
      if (installing.state === 'redundant' && !this.#active) this.refused(undefined);
    });
  }

  /** @param error what registering was refused with. @returns why. */
  refused(error: unknown): WorkerRefusal {
    this.#refusal = refusalOf(error);
    if (!this.#controlled) this.#files = null;
    return this.#refusal;
  }

  /** Counts the files again; what is missing is fetched where the server answers. */
  async count(): Promise<void> {
    const controller = workersOf()?.controller;
    if (controller) await this.#countBy(controller, true);
  }

  async #countBy(worker: ServiceWorker, mend: boolean): Promise<void> {
    const counted = await askToCount(worker, mend);
    // That no newer version could be looked for says nothing of the one that is here.
    if (counted && (mend || (!this.#controlled && this.#refusal === null))) this.#files = counted;
  }
}

/** Missing where the address is not secure, and where the browser has none. */
function workersOf(): ServiceWorkerContainer | undefined {
  return 'serviceWorker' in navigator
    ? (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker
    : undefined;
}

async function askToCount(worker: ServiceWorker, mend: boolean): Promise<ShellCount | undefined> {
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<ShellCount | undefined>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data as ShellCount);
    setTimeout(() => resolve(undefined), ANSWER_WITHIN);
  });
  worker.postMessage({ type: COUNT_SHELL, mend }, [port2]);
  const counted = await answer;
  port1.close();
  return counted;
}
