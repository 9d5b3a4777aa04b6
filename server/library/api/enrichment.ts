export interface QueuedTask {
  id: number;
  kind: string;
  /** `album:12`, `artist:7` */
  subject: string;
  upstream: string;
  priority: number;
  attempts: number;
}

export interface NewTask {
  kind: string;
  subject: string;
  upstream: string;
  priority: number;
}

/** What is still to be asked of one upstream, and what was. */
export interface UpstreamWork {
  waiting: number;
  done: number;
  /** How many tasks of each kind wait. */
  kinds: Record<string, number>;
}

/** What is still to be found, in the database: a crash loses nothing and repeats at most what was under way. */
export interface EnrichmentQueue {
  /** Once a kind and subject; what is there keeps its state and takes the higher priority. @param again also what is done or given up. */
  add(tasks: readonly NewTask[], options?: { again?: boolean }): void;
  /** Somebody looks at this subject: everything about it goes first. */
  raise(subject: string, priority: number): void;
  /** Takes the next task of an upstream that is due, marking it running. */
  take(upstream: string, now: number): QueuedTask | null;
  /** The next moment at which a waiting task of this upstream is due; null when none waits. */
  nextDue(upstream: string): number | null;
  done(id: number): void;
  /** @param countAttempt false when the upstream as a whole was away, which is no fault of the task. */
  later(id: number, at: number, reason: string, countAttempt: boolean): void;
  giveUp(id: number, reason: string): void;
  /** A person wants this upstream asked now: whatever waits for it is due. */
  dueNow(upstream: string): void;
  /** The clock was set by so many seconds: who waits waits as long as before. */
  clockSet(bySeconds: number): void;
  /** Tasks that were running when the process ended wait again. */
  recover(): number;
  status(): {
    waiting: number;
    running: number;
    done: number;
    givenUp: Record<string, number>;
    byUpstream: Record<string, UpstreamWork>;
  };
  /** Seconds from one ended task of this upstream to the next, over the last ten minutes; null where too few ended in them to tell. */
  secondsEach(upstream: string): number | null;
  /** Tasks of this kind completed since a moment, for a cap a day. */
  doneSince(kind: string, since: number): number;
}
