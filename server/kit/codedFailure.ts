import { messageOf, type CodedError } from '#shared/api/errorCodes.ts';

/** A failure that a page has words for: its case, and beside it what happened in the server's own words. */
export class CodedFailure extends Error {
  override readonly name = 'CodedFailure';
  readonly problem: CodedError;
  constructor(problem: CodedError, message = messageOf(problem), options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }
}
