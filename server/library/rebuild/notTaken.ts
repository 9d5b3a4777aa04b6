import type { NotTaken } from '../api/rebuild.ts';
import { messageOf, type CodedError } from '#shared/errors/errorCodes.ts';
import { JournalPageError } from '#shared/journal/pageError.ts';
import { problemOf } from '../../kit/problemOf.ts';

/** A message for the log, in English. */
export const asNotTaken = (problem: CodedError): NotTaken => ({ reason: messageOf(problem), problem });

/** The error that was met while a document was stored. */
export function asStorageFailure(error: unknown): NotTaken {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof JournalPageError)
    return { reason, problem: { code: 'page-contradicts', params: { page: error.page } } };
  const problem = problemOf(error);
  return { reason, problem: problem.code === 'internal' ? { code: 'document-not-kept' } : problem };
}
