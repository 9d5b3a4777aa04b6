import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import Libsql from 'libsql';
import { boundText } from './boundText.ts';
import { type SharedDescriptor, openSharedDescriptor } from './sharedDescriptor.ts';
import { named, prepareQuery, type Query } from './query.ts';
import { asUnavailable, type DatabaseUnavailable, isDamage, isDatabaseUnavailable } from '../api/unavailable.ts';

/** What may be bound. libsql binds no booleans: write 1 and 0. */
export type SqlValue = string | number | null | undefined;

export interface RunResult {
  changes: number;
  /** The rowid of the last insert. */
  lastId: number;
}

/**
 * One open libSQL file, with its statements prepared once each and its transactions nested safely. Everything throws
 * {@link DatabaseUnavailable} for what the lock or the disk does not allow at the moment.
 */
export interface Database {
  readonly file: string;
  /** For reading the file itself, whatever is at its place by now; nobody else may open and close it meanwhile. */
  readonly descriptor: number;
  readonly inTransaction: boolean;
  get<R>(sql: string, ...values: SqlValue[]): R | undefined;
  all<R>(sql: string, ...values: SqlValue[]): R[];
  /** Rows as arrays, in the order of the columns. */
  rows<R extends unknown[]>(sql: string, ...values: SqlValue[]): R[];
  /** The one value of a query's one row, as bytes; null for NULL. */
  bytes(sql: string, ...values: SqlValue[]): Buffer | null;
  run(sql: string, ...values: SqlValue[]): RunResult;
  /** Several statements without values. */
  exec(sql: string): void;
  /**
   * All of it or nothing; durable when it returns. A transaction inside another joins it, and when the inner one
   * throws, the outer one cannot commit, even if the error was caught in between.
   */
  transaction<T>(work: () => T): T;
  /** `beforeCommit` may still write; `afterCommit` must not throw; `afterRollback` forgets what was pending. */
  onTransaction(hooks: TransactionHooks): void;
  /** Notified of each DatabaseUnavailable, before it is thrown. */
  onUnavailable(listener: (why: DatabaseUnavailable) => void): void;
  /** Notified when SQLite finds that the file is damaged or no database any more, before that is thrown. */
  onDamaged(listener: (error: unknown) => void): void;
  close(): void;
}

export interface TransactionHooks {
  beforeCommit(): void;
  afterCommit(): void;
  afterRollback(): void;
}

/** The first lets the others wait for their turn: the journal's mode is read under a lock already. */
const PRAGMAS = [
  'busy_timeout = 5000',
  'journal_mode = WAL',
  'synchronous = FULL',
  'foreign_keys = ON',
  'temp_store = MEMORY',
  'cache_size = -32000',
  'journal_size_limit = 67108864',
  'wal_autocheckpoint = 4000',
];

/**
 * Opens the file, creating it and its folder for the owner's eyes alone.
 *
 * @throws {DatabaseUnavailable} when another process keeps it locked or the disk does not allow it. @throws when it is no SQLite database.
 */
export function openDatabase(file: string): Database {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  const held = openSharedDescriptor(file);
  let db: Libsql.Database | null = null;
  try {
    db = new Libsql(file);
    for (const pragma of PRAGMAS) db.exec(`PRAGMA ${pragma}`);
    return wrap(db, file, held);
  } catch (error) {
    db?.close();
    held.letGo();
    throw asUnavailable(error);
  }
}

/**
 * Why a library's file could not be written to at this moment, found out without waiting and without changing it; null when it could.
 * This process may have no connection to it.
 */
export function unavailability(file: string): DatabaseUnavailable | null {
  let db: Libsql.Database | null = null;
  try {
    db = new Libsql(`${pathToFileURL(file).href}?mode=rw`);
    // Only a connection that executes releases the file when it is closed.
    for (const statement of ['PRAGMA busy_timeout = 0', 'BEGIN IMMEDIATE', 'ROLLBACK']) db.exec(statement);
    return null;
  } catch (error) {
    const meant = asUnavailable(error);
    if (isDatabaseUnavailable(meant)) return meant;
    throw error;
  } finally {
    db?.close();
  }
}

function wrap(db: Libsql.Database, file: string, held: SharedDescriptor): Database {
  const statements = new Map<string, Libsql.Statement>();
  const queries = new Map<string, Query>();
  const listeners: ((why: DatabaseUnavailable) => void)[] = [];
  const ofDamage: ((error: unknown) => void)[] = [];
  /** Gives SQLite's own errors their meaning. */
  const withMappedErrors = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      const meant = asUnavailable(error);
      if (isDatabaseUnavailable(meant) && meant !== error) for (const listener of listeners) listener(meant);
      if (isDamage(error)) for (const listener of ofDamage) listener(error);
      throw meant;
    }
  };
  const transactions = transactionsOf(db);
  /** One write by itself is a transaction like any other: a statement that SQLite finds the lock of taken stays open in libsql, and no later commit succeeds. */
  const alone = <T>(sql: string, work: () => T): T =>
    withMappedErrors(() => (WRITES.test(sql) ? transactions.run(work) : work()));
  const prepared = (sql: string) => {
    let statement = statements.get(sql);
    if (statement === undefined) statements.set(sql, (statement = db.prepare(sql)));
    return statement;
  };
  const query = (sql: string, most: 'one' | 'all' = 'all') => {
    const key = `${most} ${sql}`;
    let known = queries.get(key);
    if (known === undefined) queries.set(key, (known = prepareQuery(db, sql, most)));
    return known;
  };
  const answer = <R>(sql: string, values: readonly SqlValue[], most: 'one' | 'all'): R[] =>
    alone(sql, () => {
      const { columns, read } = query(sql, most);
      return read(bound(values)).map((row) => named<R>(columns, row));
    });
  return {
    file,
    descriptor: held.descriptor,
    get inTransaction() {
      return transactions.depth() > 0;
    },
    get: <R>(sql: string, ...values: SqlValue[]) => answer<R>(sql, values, 'one')[0],
    all: <R>(sql: string, ...values: SqlValue[]) => answer<R>(sql, values, 'all'),
    rows: <R extends unknown[]>(sql: string, ...values: SqlValue[]) =>
      alone(sql, () => query(sql).read(bound(values))) as R[],
    bytes: (sql, ...values) =>
      withMappedErrors(() => (db.prepare(sql).raw(true).get(bound(values)) as [Buffer | null])[0]),
    run(sql, ...values) {
      const { changes, lastInsertRowid } = alone(sql, () => prepared(sql).run(bound(values)));
      return { changes, lastId: Number(lastInsertRowid) };
    },
    exec: (sql) => void withMappedErrors(() => db.exec(sql)),
    transaction: (work) => withMappedErrors(() => transactions.run(work)),
    onTransaction: transactions.on,
    onUnavailable: (listener) => void listeners.push(listener),
    onDamaged: (listener) => void ofDamage.push(listener),
    close() {
      statements.clear();
      queries.clear();
      db.close();
      held.letGo();
    },
  };
}

const WRITES = /^\s*(?:INSERT|UPDATE|DELETE|REPLACE)\b/i;

function transactionsOf(db: Libsql.Database) {
  const hooks: TransactionHooks[] = [];
  let depth = 0;
  let failed: unknown;
  let doomed = false;

  function nested<T>(work: () => T): T {
    depth += 1;
    try {
      return work();
    } catch (error) {
      doomed = true;
      failed = error;
      throw error;
    } finally {
      depth -= 1;
    }
  }

  function outermost<T>(work: () => T): T {
    db.exec('BEGIN IMMEDIATE');
    depth = 1;
    doomed = false;
    let result: T;
    try {
      result = work();
      if (doomed) throw new Error('A part of this transaction failed, so none of it is kept.', { cause: failed });
      for (const hook of hooks) hook.beforeCommit();
      db.exec('COMMIT');
    } catch (error) {
      depth = 0;
      // A full disk may have rolled it back already.
      if (db.inTransaction) db.exec('ROLLBACK');
      for (const hook of hooks) hook.afterRollback();
      throw error;
    }
    depth = 0;
    for (const hook of hooks) hook.afterCommit();
    return result;
  }

  return {
    depth: () => depth,
    on: (hook: TransactionHooks) => void hooks.push(hook),
    run: <T>(work: () => T): T => (depth > 0 ? nested(work) : outermost(work)),
  };
}

/** libsql ends the whole process on a boolean, and on half a character that it reads; no hole elsewhere must come to that. */
function bound(values: readonly SqlValue[]): (string | number | null)[] {
  return values.map((value) =>
    typeof value === 'string' ? boundText(value) : typeof value === 'boolean' ? Number(value) : (value ?? null),
  );
}
