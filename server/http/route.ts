import type { Context, Hono } from 'hono';
import { matchedRoutes } from 'hono/route';
import * as v from 'valibot';
import {
  API_BASE,
  type AnswerOf,
  type Endpoint,
  type FileAnswer,
  type ParsedInput,
  type StatusOf,
  type ValueOf,
} from '#shared/api/contract.ts';
import { cut } from '#shared/text/cut.ts';
import { wellFormedValue } from '#shared/text/wellFormed.ts';
import { type BodyLimits, LARGE_BODY, ORDINARY_BODY, readBody } from './body.ts';
import { checkAnswer, checkResponse } from './checkAnswer.ts';
import { HttpError } from '../kit/http/httpError.ts';
import { badValue, issueToError, unknownField } from '../kit/http/fieldErrors.ts';
import { strictly } from '../kit/http/strictly.ts';

type Entries = v.ObjectEntries;

export interface RouteInput<E extends Endpoint> extends ParsedInput<E> {
  c: Context;
}

/** An answer with a status of its own choice, for endpoints that have several. */
export class Reply<S extends number, T> {
  readonly status: S;
  readonly value: T;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: S, value: T, headers: Readonly<Record<string, string>>) {
    this.status = status;
    this.value = value;
    this.headers = headers;
  }
}

/** Answers `value` with this one of the endpoint's statuses. */
export const reply = <const S extends number, T>(
  status: S,
  value: T,
  headers: Readonly<Record<string, string>> = {},
): Reply<S, T> => new Reply(status, value, headers);

type IsOne<T, U = T> = T extends U ? ([U] extends [T] ? true : false) : never;
type RepliesOf<E extends Endpoint> = {
  [S in StatusOf<E>]: E['answers'][S] extends FileAnswer ? Response : Reply<S, ValueOf<E['answers'][S]>>;
}[StatusOf<E>];
/** What a handler may return: the value where there is one status; a Response for files; else a `reply` with one of its statuses. */
export type HandlerAnswer<E extends Endpoint> =
  IsOne<StatusOf<E>> extends true ? (AnswerOf<E> extends undefined ? void : AnswerOf<E>) : RepliesOf<E>;

/** An endpoint and what the server does when it is asked. */
export interface Route extends Endpoint {
  handle(input: { params: never; query: never; body: never; c: Context }): unknown;
}

/**
 * Serves an endpoint: the handler's input and its answer are typed by it. A body holds no name that its schema does not know, as a
 * query does not.
 */
export function route<E extends Endpoint>(
  endpoint: E,
  handle: (input: RouteInput<E>) => HandlerAnswer<E> | Promise<HandlerAnswer<E>>,
): Route {
  const { body } = endpoint;
  return { ...endpoint, ...(body && { body: strictly(body) }), handle: handle };
}

/** What a route's body may be. */
export const bodyLimits = ({ largeBody }: Pick<Route, 'largeBody'>): BodyLimits =>
  largeBody ? LARGE_BODY : ORDINARY_BODY;

export { API_BASE };

/** Of the routes with `anyQuery`, for the reference. */
export const ANY_QUERY = 'Whatever is in the query is passed over.';

/**
 * Hangs the routes on the app. A handler answers a value (sent as JSON) or a Response.
 * @param turnToWrite resolves when the library can be written to, as long as the handler then writes at once.
 */
export function mountRoutes(
  app: Hono,
  routes: readonly Route[],
  turnToWrite: (signal: AbortSignal) => Promise<void>,
): void {
  const seen = new Set<string>();
  for (const route of routes) {
    const name = `${route.method} ${route.path}`;
    if (seen.has(name)) throw new Error(`Two routes answer ${name}`);
    seen.add(name);
    app.on(route.method.toUpperCase(), API_BASE + route.path, async (c) => {
      const input = {
        params: (route.params
          ? parse(v.strictObject(route.params), wellFormedValue(c.req.param()), 'path')
          : {}) as never,
        query: (route.anyQuery ? {} : readQuery(c, route.query)) as never,
        body: (route.method === 'get'
          ? undefined
          : parse(route.body ?? NOTHING, await readBody(c, bodyLimits(route)), 'body')) as never,
        c,
      };
      if (route.writes ?? route.method !== 'get') await turnToWrite(c.req.raw.signal);
      const answer = await route.handle(input);
      if (answer instanceof Response) {
        checkResponse(route, answer);
        return answer;
      }
      const [only] = Object.keys(route.answers);
      const { status, value, headers }: Reply<number, unknown> =
        answer instanceof Reply ? (answer as Reply<number, unknown>) : new Reply(Number(only), answer, {});
      checkAnswer(route, status, value);
      return value === undefined ? c.body(null, status as 204, headers) : c.json(value, status as 200, headers);
    });
  }
}

/** Finds the route that a request is for, whatever it is answered by. */
export function routeFinder(routes: readonly Route[]): (c: Context) => Route | undefined {
  const placeOf = (method: string, path: string) => `${method.toUpperCase()} ${path}`;
  const byPlace = new Map(routes.map((route) => [placeOf(route.method, API_BASE + route.path), route]));
  return (c) => {
    for (const { method, path } of matchedRoutes(c)) {
      const route = byPlace.get(placeOf(method, path));
      if (route !== undefined) return route;
    }
    return undefined;
  };
}

function singleValues(queries: Record<string, string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(queries).map(([name, values]) => {
      if (values.length > 1)
        throw new HttpError({ code: 'given-twice', params: { name, times: values.length } }, { field: name });
      return [name, values[0] ?? ''];
    }),
  );
}

/** Of the requests that take nothing. */
const NOTHING = v.strictObject({});

/** The query of an address, in which each name is known and given once. @throws HttpError */
const readQuery = (c: Context, entries: Entries = {}): unknown =>
  parse(v.strictObject(entries), wellFormedValue(singleValues(c.req.queries())), 'query');

function parse(schema: v.GenericSchema, value: unknown, where: string): unknown {
  // To a schema a list is an object like others.
  if ((schema.type === 'strict_object' || schema.type === 'record') && Array.isArray(value))
    throw badValue(where, 'expected an object');
  if (schema.type === 'strict_object' && 'entries' in schema && typeof value === 'object' && value !== null) {
    // A name that is misspelt is reported before the one that is missing for it.
    const unknown = Object.keys(value).find((name) => !Object.hasOwn(schema.entries as Entries, name));
    if (unknown !== undefined) throw unknownField(cut(unknown, 200));
  }
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  throw issueToError(result.issues[0], where);
}
