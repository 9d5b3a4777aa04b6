import type { CodedError } from '#shared/errors/errorCodes.ts';

/** Asks the command for a status that says why; without it that is 1 for every reason. */
export const BY_REASON = '--status-by-reason';

/** Why a backup was not brought back, by the status with which the command then ends. Its other statuses are its own. */
const REASONS = {
  3: 'backup-unfit',
  4: 'backup-file-gone',
  5: 'backup-unsound',
  6: 'backup-foreign',
  7: 'backup-newer',
  8: 'backup-disk',
} as const;
type Reason = (typeof REASONS)[keyof typeof REASONS];

/** The file cannot be brought back; today's library is as it was. */
export class RestoreError extends Error {
  override readonly name = 'RestoreError';
  readonly problem: CodedError & { code: Reason };
  constructor(code: Reason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.problem = { code };
  }
}

/** Whether an error's code says that the disk did not let a file be read or written, and nothing of what is in it. */
export const isOfTheDisk = (code: unknown): boolean => /^(?:E[A-Z]+|SQLITE_FULL|SQLITE_IOERR\w*)$/.test(String(code));

/** The status that the command ends with. */
export function statusOfFailure(error: unknown): number {
  const code = error instanceof RestoreError ? error.problem.code : undefined;
  return Number(Object.entries(REASONS).find(([, reason]) => reason === code)?.[0] ?? 1);
}

/** What that status says of the backup. @param said what the command said. */
export const failureOfStatus = (status: unknown, said: string): RestoreError =>
  new RestoreError(REASONS[status as keyof typeof REASONS] ?? 'backup-unfit', said || 'The restore did not take place');
