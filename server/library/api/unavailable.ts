import { messageOf, type CodedError, type ErrorCode } from '#shared/errors/errorCodes.ts';

/** Why the database cannot be written to, or read, at the moment. */
export const UnavailableCodes = ['database-busy', 'disk-full', 'disk-failing'] as const satisfies readonly ErrorCode[];
export type UnavailableCode = (typeof UnavailableCodes)[number];

/** The database could not do it now and may do it later; nothing of it was done. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  readonly code: UnavailableCode;
  readonly problem: CodedError;
  constructor(code: UnavailableCode, cause?: unknown) {
    super(messageOf({ code }), { cause });
    this.code = code;
    this.problem = { code };
  }
}

export const isDatabaseUnavailable = (error: unknown): error is DatabaseUnavailable =>
  error instanceof DatabaseUnavailable;

/** What SQLite and the operating system say when there is no room to write. */
export const NO_ROOM = ['SQLITE_FULL', 'ENOSPC', 'EDQUOT', 'EFBIG'];
const FAILING = ['EIO', 'EROFS'];

/** What SQLite's or the disk's own error comes to: a temporary error of the lock or the disk as a class of ours; everything else as it is. */
export function asUnavailable(error: unknown): unknown {
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string') return error;
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return new DatabaseUnavailable('database-busy', error);
  if (NO_ROOM.includes(code)) return new DatabaseUnavailable('disk-full', error);
  if (FAILING.includes(code) || /^SQLITE_(IOERR|READONLY|CANTOPEN)/.test(code))
    return new DatabaseUnavailable('disk-failing', error);
  return error;
}

/** True for what SQLite says of a file that is damaged, or no database any more. */
export const isDamage = (error: unknown): boolean =>
  /^SQLITE_(CORRUPT|NOTADB)/.test(String((error as { code?: unknown } | null)?.code));
