/** How often a run is looked at while it goes. Milliseconds. */
const LOOK_MS = 2_000;

interface Requests<Status, Options> {
  look: (options?: Options) => Promise<Status>;
  start: () => Promise<Status>;
  cancel: () => Promise<Status>;
}

/** Long work on the server, as every page that shows it knows it: how far it is, and what a person does with it. */
export class FollowedRun<Status extends { state: string }, Options = never> {
  readonly #requests: Requests<Status, Options>;
  #status = $state.raw<Status>();

  constructor(requests: Requests<Status, Options>) {
    this.#requests = requests;
  }

  /** Undefined until it is known. */
  get status(): Status | undefined {
    return this.#status;
  }

  async look(options?: Options): Promise<void> {
    this.#status = await this.#requests.look(options);
  }

  /** Starts, or joins the run that is going. */
  async start(): Promise<void> {
    this.#status = await this.#requests.start();
  }

  async cancel(): Promise<void> {
    this.#status = await this.#requests.cancel();
  }

  /** Looks again every two seconds while it runs. @returns stops looking. */
  follow(): () => void {
    const timer = setInterval(() => {
      if (this.#status?.state === 'running') void this.look().catch(() => undefined);
    }, LOOK_MS);
    return () => clearInterval(timer);
  }
}
