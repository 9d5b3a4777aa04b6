/**
 * The REST contract. Each operation of /api/v1 is defined once, in `shared/api/<area>.ts`, and everything else derives from it: the
 * server's handler, the app's call, openapi.json, docs/API.md, and the lock on the shapes.
 *
 * To add or change an operation:
 * 1. Define it in its area's file, exported under its own `operationId`:
 *      export const getThing = defineEndpoint({ operationId: 'getThing', method: 'get', path: '/things/:id', tag: 'Things',
 *        summary: 'One thing', params: { id: IdQuery }, answers: { 200: Thing }, errors: ['unknown-thing'] });
 * 2. List a new area in `shared/api/endpoints.ts`.
 * 3. Serve it: `route(getThing, ({ params }) => thingOf(params.id))` (server/http/route.ts). With one status the handler returns the value;
 *    with several it returns `reply(202, value)`; with `file(…)` a Response; with `empty` nothing.
 * 4. Call it: `await api(getThing, { params: { id: 7 } })` (web/lib/library/server.ts), or link it: `addressOf(getThing, …)`.
 * 5. `npm run -s api-docs`, and append to `shared/api/endpoints.lock` the line that its test asks for.
 *
 * One address stands outside: `/metrics`, where Prometheus looks by itself, answers what `getMetrics` does (server/http/app.ts).
 *
 * Whole numbers of a query or a path are `queryInteger(least, most)`, in a body schemas of identifiers.ts: the reference states bounds.
 */
import type * as v from 'valibot';
import type { ErrorCode } from '../errors/errorCodes.ts';

/** Below which every path stands. */
export const API_BASE = '/api/v1';

type Entries = v.ObjectEntries;

/** An answer that is no JSON. */
export interface FileAnswer {
  readonly kind: 'file';
  readonly contentTypes: readonly string[];
}
/** An answer without a body. */
export interface EmptyAnswer {
  readonly kind: 'empty';
}
export type AnswerSchema = v.GenericSchema | FileAnswer | EmptyAnswer;

export const file = (...contentTypes: string[]): FileAnswer => ({ kind: 'file', contentTypes });
export const empty: EmptyAnswer = { kind: 'empty' };

/** One operation of the API: what it takes and what it answers. */
export interface Endpoint {
  /** Unique, and the name it is exported under. */
  readonly operationId: string;
  readonly method: 'get' | 'post' | 'put' | 'delete' | 'patch';
  /** Below /api/v1, with `:name` parameters. */
  readonly path: `/${string}`;
  readonly tag: string;
  readonly summary: string;
  readonly params?: Entries;
  /** Without it none is taken: what is given nevertheless is refused. */
  readonly query?: Entries;
  readonly body?: v.GenericSchema;
  /** By status; what is not an error, or not in the shape of one. */
  readonly answers: Readonly<Record<number, AnswerSchema>>;
  /** The cases of its own that it can be answered with; those that come of what it takes and of who asks are added everywhere. */
  readonly errors?: readonly ErrorCode[];
  /** Without credentials even when a token is set. */
  readonly open?: boolean;
  /** Of a `get` that is asked again and again: its answers carry an ETag, and who holds that one already is answered 304. */
  readonly etag?: boolean;
  /** For the few that take what devices give in batches. */
  readonly largeBody?: boolean;
  /** What probes ask: they put names of their own behind the address, which are passed over. */
  readonly anyQuery?: boolean;
  /** Whether it needs the library to be writable; by default all but `get`. It then waits for its turn before it begins. */
  readonly writes?: boolean;
}

/** Keeps the endpoint's own type, from which the handler's and the call's are inferred. */
export const defineEndpoint = <const E extends Endpoint>(endpoint: E): E => endpoint;

/** Every answer that is no error, by status: those of the handler, and what stands in the place of one that the caller holds already. */
export const answersOf = ({ answers, etag }: Pick<Endpoint, 'answers' | 'etag'>): Endpoint['answers'] =>
  etag ? { ...answers, 304: empty } : answers;

type Parsed<O> = O extends Entries ? v.InferOutput<v.StrictObjectSchema<O, undefined>> : Record<string, never>;
/** What may be given for each name: the text as it travels, or the value it stands for. */
type Given<O extends Entries> = Spelt<v.InferInput<v.StrictObjectSchema<O, undefined>>, Parsed<O>>;
type Spelt<I, P> = { [K in keyof I]: I[K] | P[K & keyof P] };
type Optional<N extends string, T> = Record<never, never> extends T ? { [K in N]?: T } : { [K in N]: T };

/** What a handler is given: parsed, with defaults filled in. */
export interface ParsedInput<E extends Endpoint> {
  params: Parsed<E['params']>;
  query: Parsed<E['query']>;
  body: E['body'] extends v.GenericSchema ? v.InferOutput<E['body']> : undefined;
}

/** What a caller gives. */
export type Input<E extends Endpoint> = (E['params'] extends Entries ? { params: Given<E['params']> } : unknown) &
  (E['query'] extends Entries ? Optional<'query', Given<E['query']>> : unknown) &
  (E['body'] extends v.GenericSchema ? Optional<'body', v.InferInput<E['body']>> : unknown);

/** A status that the endpoint answers with, and that is no error. */
export type StatusOf<E extends Endpoint> = keyof E['answers'] & number;

/** The value of an answer; `undefined` of one without a body. */
export type ValueOf<A> = A extends v.GenericSchema ? v.InferOutput<A> : A extends FileAnswer ? Response : undefined;

/** What a call resolves to: the value of any of the endpoint's answers. */
export type AnswerOf<E extends Endpoint> = { [S in StatusOf<E>]: ValueOf<E['answers'][S]> }[StatusOf<E>];
