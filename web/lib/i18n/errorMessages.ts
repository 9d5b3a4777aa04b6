import type { ErrorCode, ErrorParamNames } from '#shared/errors/errorCodes.ts';
import type { Message, NamesOf, Plural } from './message.ts';

type Key = `errorCode.${ErrorCode}`;

/** What a sentence names; a plural chooses its form by the one number among the params. */
type Named<S extends Message> = S extends Plural ? Exclude<NamesOf<S>, 'n'> : NamesOf<S>;

/** Nothing where a sentence names just the params of its code. */
type Whole<M> = {
  [C in ErrorCode as `errorCode.${C}`]: M extends Record<`errorCode.${C}`, infer S extends Message>
    ? [Named<S>, ErrorParamNames<C>] extends [ErrorParamNames<C>, Named<S>]
      ? Message
      : never
    : never;
};

/** The sentences of one language for the errors of the API: one for each code, which names what its params are called and nothing else. */
export const errorMessages = <const M extends Record<Key, Message>>(messages: M & Whole<M>): M => messages;
