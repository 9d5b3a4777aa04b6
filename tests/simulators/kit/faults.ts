import type { SimulatedAnswer, SimulatedRequest } from './exchange.ts';

/** Which requests a fault strikes, and how often. */
export interface FaultScope {
  /** How many requests it strikes before it is used up. Default 1; `Infinity` until `clearFaults()`. */
  times?: number;
  /** Lets the other requests through untouched. Default: every request. */
  when?: (request: SimulatedRequest) => boolean;
}

/** What can go wrong between a real service and its client. */
type FaultKind =
  /** Answers with this status instead (and `Retry-After` or any header, and any body). */
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string }
  /** Accepts the request and never answers it; with `ms`, answers rightly after that long. */
  | { kind: 'hang'; ms?: number }
  /** A web page where data was expected, as gateways and maintenance pages do. */
  | { kind: 'html'; status?: number }
  /** Declares the whole body and closes the connection half-way through it. */
  | { kind: 'truncate' }
  /** A well-formed connection with a body cut in half: broken JSON. */
  | { kind: 'cut-json' }
  | { kind: 'empty'; status?: number }
  /** Closes the connection without a word. */
  | { kind: 'reset' }
  /** The right answer with the value at `path` ("recenttracks.track.0.name") replaced, or removed when `value` is undefined. */
  | { kind: 'wrong-type'; path: string; value: unknown }
  /** Anything else: the right answer goes in, what is sent comes out. */
  | { kind: 'rewrite'; rewrite: (answer: SimulatedAnswer) => SimulatedAnswer };

export type Fault = FaultKind & FaultScope;

/** The faults that a test ordered, struck in the order they were ordered. */
export class FaultQueue {
  #waiting: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The fault that strikes this request, which uses it once. */
  take(request: SimulatedRequest): Fault | null {
    const entry = this.#waiting.find(({ fault }) => fault.when?.(request) ?? true);
    if (!entry) return null;
    entry.left -= 1;
    if (entry.left <= 0) this.#waiting = this.#waiting.filter((other) => other !== entry);
    return entry.fault;
  }
}

/** Replaces the value at a dotted path in a copy of `json`; array positions are numbers. Removes it when `value` is undefined. */
export function withValueAt(json: unknown, path: string, value: unknown): unknown {
  const copy = structuredClone(json);
  const steps = path.split('.');
  const last = steps.pop()!;
  let place = copy as Record<string, unknown>;
  for (const step of steps) {
    const next = place[step];
    if (typeof next !== 'object' || next === null)
      throw new Error(`The answer has no "${step}" on the way to "${path}"`);
    place = next as Record<string, unknown>;
  }
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
}
