import type { NotTaken } from '../api/rebuild.ts';
import { messageOf, type CodedError } from '#shared/api/errorCodes.ts';
import { JournalPageError } from '#shared/journal/pageError.ts';
import { problemOf } from '../../kit/problemOf.ts';

/** In the case's own words. */
export const asNotTaken = (problem: CodedError): NotTaken => ({ reason: messageOf(problem), problem });

/** What was met while a document was kept. */
export function asStorageFailure(error: unknown): NotTaken {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof JournalPageError)
    return { reason, problem: { code: 'page-contradicts', params: { page: error.page } } };
  const problem = problemOf(error);
  return { reason, problem: problem.code === 'internal' ? { code: 'document-not-kept' } : problem };
}
