import { lookUp, t } from './index.svelte.ts';
import type { Params } from './message.ts';

/** An error as the server told it: its case, with what the case's sentence names, and the kind of error that the case is of. */
export interface ToldError {
  kind: string;
  code?: string | undefined;
  params?: Params | undefined;
}

/** What went wrong, in the page's language: by its case, or by its kind where the case is of a newer server's. Never the server's own words. */
export const errorWords = ({ kind, code, params }: ToldError): string =>
  (code === undefined ? undefined : lookUp(`errorCode.${code}`, params)) ?? lookUp(`error.${kind}`) ?? t('error.other');
