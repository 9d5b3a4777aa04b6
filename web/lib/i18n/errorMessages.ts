import type { ErrorCode, ErrorParamNames } from '#shared/api/errorCodes.ts';
import type { NamesOf } from './message.ts';

type Key = `errorCode.${ErrorCode}`;

/** Nothing where a sentence names just the params of its code. */
type Whole<M> = {
  [C in ErrorCode as `errorCode.${C}`]: M extends Record<`errorCode.${C}`, infer S extends string>
    ? [NamesOf<S>, ErrorParamNames<C>] extends [ErrorParamNames<C>, NamesOf<S>] ? string : never
    : never;
};

/** The sentences of one language for the errors of the API: one for each code, which names what its params are called and nothing else. */
export const errorMessages = <const M extends Record<Key, string>>(messages: M & Whole<M>): M => messages;
