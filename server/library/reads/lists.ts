import type { Page, PageRequest } from '../api/page.ts';
import type { SqlValue } from '../database/database.ts';

/** Conditions of a query, written in SQL by this library, with the values a person gave bound beside them. */
export interface Conditions {
  sql: string;
  values: SqlValue[];
}

/** All of these; `undefined` is no condition. */
export function allOf(conditions: readonly ([sql: string, ...values: SqlValue[]] | undefined)[]): Conditions {
  const given = conditions.filter((condition) => condition !== undefined);
  return {
    sql: given.length === 0 ? 'true' : given.map(([sql]) => `(${sql})`).join(' AND '),
    values: given.flatMap(([, ...values]) => values),
  };
}

/** One page of a list that is known whole. Pages count from 1. */
export function pageOf<T>(all: readonly T[], { page, pageSize }: PageRequest): Page<T> {
  return { items: all.slice((page - 1) * pageSize, page * pageSize), total: all.length };
}

/** Remembers the last answers, each under what it was asked with and the state of the library it is true of. */
export class Remembered<T> {
  readonly #cache = new Map<string, { state: string; value: T }>();
  readonly #most: number;
  constructor(most: number) {
    this.#most = most;
  }

  get(question: string, state: string, find: () => T): T {
    const known = this.#cache.get(question);
    this.#cache.delete(question);
    const value = known?.state === state ? known.value : find();
    this.#cache.set(question, { state, value });
    for (const oldest of this.#cache.keys()) if (this.#cache.size > this.#most) this.#cache.delete(oldest);
    return value;
  }
}
