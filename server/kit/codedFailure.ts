import { messageOf, type CodedError } from '#shared/errors/errorCodes.ts';

/** A failure that pages translate: its code, and beside it the server's own message. */
export class CodedFailure extends Error {
  override readonly name: string = 'CodedFailure';
  readonly problem: CodedError;
  constructor(problem: CodedError, message = messageOf(problem), options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }
}
