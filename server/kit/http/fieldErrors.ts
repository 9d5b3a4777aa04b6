import * as v from 'valibot';
import { cut } from '#shared/text/cut.ts';
import { HttpError } from './httpError.ts';

/** A name that there is no field of. */
export const unknownField = (field: string) =>
  new HttpError({ code: 'unknown-field' }, { field, message: `There is no ${field} here` });
/** @param why what was expected. */
export const badValue = (field: string, why: string) =>
  new HttpError({ code: 'bad-value' }, { field, message: `${field}: ${cut(why, 300)}` });

/** A 400 that names the field and what was expected of it. */
export function issueToError(issue: v.BaseIssue<unknown>, where = 'body') {
  const field = cut(v.getDotPath(issue) ?? where, 200);
  const unknown = issue.type === 'strict_object' && issue.expected === 'never';
  return unknown ? unknownField(field) : badValue(field, issue.message);
}
