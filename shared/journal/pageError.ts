/** A page, or a listen meant for one, that cannot be right. The message names page, column and what is wrong. */
export class JournalPageError extends Error {
  readonly page: string;
  /** The column's letter as on the wire. */
  readonly column: string;

  constructor(page: string, column: string, problem: string) {
    super(`Journal page ${page}, column ${column}: ${problem}`);
    this.name = 'JournalPageError';
    this.page = page;
    this.column = column;
  }
}

const MAX_SAFE = Number.MAX_SAFE_INTEGER;
/** The most source reports the columns in memory can count. */
export const MAX_REPORTS = 0xffff;

/** The value, when it is an integer within the bounds. */
export function integer(page: string, column: string, value: number, min = -MAX_SAFE, max = MAX_SAFE): number {
  if (!Number.isSafeInteger(value) || value < min || value > max) {
    refuse(page, column, `${value} is no integer from ${min} to ${max}`);
  }
  return value;
}

export function refuse(page: string, column: string, problem: string): never {
  throw new JournalPageError(page, column, problem);
}
