import * as v from 'valibot';
import { PushRow, type RefusedRow } from '#shared/sync/protocol.ts';
import { HttpError } from '../kit/http/httpError.ts';
import { issueToError } from '../kit/http/fieldErrors.ts';
import type { Log } from '../kit/log.ts';
import { turn } from '../kit/turns.ts';
import type { Availability } from '../library/api/availability.ts';
import { isDatabaseUnavailable } from '../library/api/unavailable.ts';

export type Master = { id: string; _deleted: boolean } & Record<string, unknown>;

/** How long rows may be taken before everybody else has a turn, in milliseconds. */
const SLICE_MS = 20;

/** What stands against a row: the library's state, and what the device wrote last without having heard that it was taken. */
export interface Conflict {
  master: Master;
  base?: Master;
}

/** Takes one row, in one transaction. @returns what it conflicts with. @throws HttpError for what is wrong with it. */
export type TakeRow = (row: PushRow, index: number) => Conflict | null;

interface Taken {
  conflicts: Conflict[];
  refused: RefusedRow[];
}

/** Takes rows one after the other: what is wrong with one is said of that one, and others have their turn in between. */
export class RowTaker {
  readonly #availability: Pick<Availability, 'written'>;
  readonly #log: Log;
  /** A device's pushes are taken in the order in which they came. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(availability: Pick<Availability, 'written'>, log: Log) {
    this.#availability = availability;
    this.#log = log;
  }

  /** @throws DatabaseUnavailable when rows are left; those before are taken, and taking them again changes nothing. */
  async take(queue: string, rows: readonly unknown[], take: TakeRow): Promise<Taken> {
    const before = this.#turns.get(queue) ?? Promise.resolve();
    const taken = before.then(() => this.#takeAll(rows, take));
    const done = taken.catch(() => undefined);
    this.#turns.set(queue, done);
    void done.then(() => this.#turns.get(queue) === done && this.#turns.delete(queue));
    return taken;
  }

  async #takeAll(rows: readonly unknown[], take: TakeRow): Promise<Taken> {
    const conflicts: Conflict[] = [];
    const refused: RefusedRow[] = [];
    let since = performance.now();
    for (const [index, row] of rows.entries()) {
      try {
        const read = checked(PushRow, row, String(index));
        const conflict = await this.#availability.written(() => take(read, index));
        if (conflict) conflicts.push(conflict);
      } catch (error) {
        if (isDatabaseUnavailable(error)) throw error;
        refused.push({ index, id: idOf(row), ...this.#why(error) });
      }
      if (performance.now() - since < SLICE_MS) continue;
      await turn();
      since = performance.now();
    }
    return { conflicts, refused };
  }

  #why(error: unknown): Omit<RefusedRow, 'index' | 'id'> {
    if (error instanceof HttpError && error.status < 500) {
      const { kind: reason, ...details } = error.body().error;
      return { reason, ...details };
    }
    this.#log.error('row failed', { error, stack: error instanceof Error ? error.stack : undefined });
    return {
      reason: 'internal',
      code: 'internal',
      message: 'Something went wrong on the server with this; its log says what',
    };
  }
}

/** @throws HttpError that names the field below `where`. */
export function checked<S extends v.GenericSchema>(schema: S, value: unknown, where: string): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  throw issueToError(result.issues[0], where);
}

function idOf(row: unknown): string | null {
  const { id } = (row as { newDocumentState?: { id?: unknown } } | null)?.newDocumentState ?? {};
  return typeof id === 'string' ? id : null;
}
