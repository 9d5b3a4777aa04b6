import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Libsql from 'libsql';

/** What may be bound. libsql binds no booleans: write 1 and 0. */
export type SqlValue = string | number | null | undefined;

export interface RunResult {
  changes: number;
  /** The rowid of the last insert. */
  lastId: number;
}

/** One open libSQL file, with its statements prepared once each and its transactions nested safely. */
export interface Database {
  readonly file: string;
  readonly inTransaction: boolean;
  get<R>(sql: string, ...values: SqlValue[]): R | undefined;
  all<R>(sql: string, ...values: SqlValue[]): R[];
  /** Rows as arrays, in the order of the columns: half the time of `all` for long answers. */
  rows<R extends unknown[]>(sql: string, ...values: SqlValue[]): R[];
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
  close(): void;
}

export interface TransactionHooks {
  beforeCommit(): void;
  afterCommit(): void;
  afterRollback(): void;
}

const PRAGMAS = ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'busy_timeout = 5000', 'temp_store = MEMORY', 'cache_size = -32000', 'journal_size_limit = 67108864'];

/**
 * Opens the file, creating it and its folder for the owner's eyes alone.
 *
 * @throws when the file is no SQLite database or another process keeps it locked.
 */
export function openDatabase(file: string): Database {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
  const db = new Libsql(file);
  for (const pragma of PRAGMAS) db.exec(`PRAGMA ${pragma}`);
  return wrap(db, file);
}

function wrap(db: Libsql.Database, file: string): Database {
  const statements = new Map<string, Libsql.Statement>();
  const rowStatements = new Map<string, Libsql.Statement>();
  const transactions = transactionsOf(db);
  const prepared = (kept: Map<string, Libsql.Statement>, sql: string) => {
    let statement = kept.get(sql);
    if (statement === undefined) kept.set(sql, (statement = db.prepare(sql)));
    return statement;
  };
  return {
    file,
    get inTransaction() {
      return transactions.depth() > 0;
    },
    get<R>(sql: string, ...values: SqlValue[]) {
      const row = prepared(statements, sql).get(bound(values)) as (R & { _metadata?: unknown }) | undefined;
      if (row !== undefined) delete row._metadata;
      return row;
    },
    all: <R>(sql: string, ...values: SqlValue[]) => prepared(statements, sql).all(bound(values)) as R[],
    rows<R extends unknown[]>(sql: string, ...values: SqlValue[]) {
      const isNew = !rowStatements.has(sql);
      const statement = prepared(rowStatements, sql);
      if (isNew) statement.raw(true);
      return statement.all(bound(values)) as R[];
    },
    run(sql, ...values) {
      const { changes, lastInsertRowid } = prepared(statements, sql).run(bound(values));
      return { changes, lastId: Number(lastInsertRowid) };
    },
    exec: (sql) => void db.exec(sql),
    transaction: transactions.run,
    onTransaction: transactions.on,
    close() {
      statements.clear();
      rowStatements.clear();
      db.close();
    },
  };
}

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

/** libsql ends the whole process on a boolean; a type hole must not come to that. */
function bound(values: SqlValue[]): (string | number | null)[] {
  return values.map((value) => (typeof value === 'boolean' ? Number(value) : (value ?? null)));
}
