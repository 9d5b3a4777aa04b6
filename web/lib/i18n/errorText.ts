import type { Problem } from '#shared/errors/errors.ts';
import { lookUp, t } from './index.svelte.ts';
import type { Params } from './message.ts';

/** An error as the server reported it: its case, with what the case's sentence names, and the kind of error that the case is of. */
export interface ServerError {
  kind: string;
  code?: string | undefined;
  params?: Params | undefined;
}

/** A case in words: those of the service that it names, where that has some of its own. */
const codeMessage = (code: string, params: Params | undefined): string | undefined =>
  lookUp(`errorCode.${code}.${params?.['service'] ?? ''}`, params) ?? lookUp(`errorCode.${code}`, params);

/** What went wrong, in the page's language: by its case, or by its kind where the case is of a newer server's. Never the server's own words. */
export const apiErrorMessage = ({ kind, code, params }: ServerError): string =>
  (code === undefined ? undefined : codeMessage(code, params)) ?? lookUp(`error.${kind}`) ?? t('error.other');

/** What went wrong some time ago, in the page's language; undefined where it is from before there were cases, or a newer server's. */
export const problemMessage = (problem: Problem | null | undefined): string | undefined =>
  problem ? codeMessage(problem.code, problem.params) : undefined;
