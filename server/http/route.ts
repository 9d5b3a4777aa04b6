import type { Context, Hono } from 'hono';
import * as v from 'valibot';
import type { ErrorCode } from '#shared/api/errorCodes.ts';
import { cut } from '#shared/text/cut.ts';
import { wellFormedValue } from '#shared/text/wellFormed.ts';
import { type BodyLimits, LARGE_BODY, ORDINARY_BODY, readBody } from './body.ts';
import { HttpError } from './httpError.ts';
import { strictly } from './strictly.ts';

type Entries = v.ObjectEntries;
type ObjectOf<E extends Entries | undefined> = E extends Entries
  ? v.InferOutput<v.StrictObjectSchema<E, undefined>>
  : Record<string, never>;
type BodyOf<B extends v.GenericSchema | undefined> = B extends v.GenericSchema ? v.InferOutput<B> : undefined;

export interface RouteInput<
  P extends Entries | undefined,
  Q extends Entries | undefined,
  B extends v.GenericSchema | undefined,
> {
  params: ObjectOf<P>;
  query: ObjectOf<Q>;
  body: BodyOf<B>;
  c: Context;
}

/** One REST route: what it takes and answers (for validation and the reference alike) and what it does. */
export interface Route<
  P extends Entries | undefined = Entries | undefined,
  Q extends Entries | undefined = Entries | undefined,
  B extends v.GenericSchema | undefined = v.GenericSchema | undefined,
> {
  method: 'get' | 'post' | 'put' | 'delete' | 'patch';
  /** Below /api/v1, with `:name` parameters. */
  path: string;
  tag: string;
  summary: string;
  params?: P;
  /** Without them it takes none: what is given nevertheless is refused. */
  query?: Q;
  body?: B;
  /** What probes ask: they put names of their own behind the address, which are passed over. */
  anyQuery?: boolean;
  /** For the few that take what devices give in batches. */
  largeBody?: boolean;
  /** The usual answer's status and schema. */
  status?: number;
  answer?: v.GenericSchema;
  /** Whether it needs the library to be writable; by default all but `get`. It then waits for its turn before it begins. */
  writes?: boolean;
  /** The cases of its own that it can be answered with; those that come of what it takes and of who asks are any route's. */
  errors?: readonly ErrorCode[];
  /** Without credentials even when a token is set. */
  open?: boolean;
  handle(input: RouteInput<P, Q, B>): unknown;
}

/** Infers the input's types from the schemas. A body holds no name that its schema does not know, as a query does not. */
export function defineRoute<
  const P extends Entries | undefined = undefined,
  const Q extends Entries | undefined = undefined,
  const B extends v.GenericSchema | undefined = undefined,
>(route: Route<P, Q, B>): Route {
  const { body } = route as unknown as Route;
  return { ...(route as unknown as Route), ...(body && { body: strictly(body) }) };
}

/** What a route's body may be. */
export const bodyLimits = ({ largeBody }: Pick<Route, 'largeBody'>): BodyLimits =>
  largeBody ? LARGE_BODY : ORDINARY_BODY;

/** Of the routes with `anyQuery`, for the reference. */
export const ANY_QUERY = 'Whatever is in the query is passed over.';

export const API_BASE = '/api/v1';

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
      if (answer instanceof Response) return answer;
      const status = route.status ?? 200;
      return answer === undefined ? c.body(null, 204) : c.json(answer, status as 200);
    });
  }
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
export const readQuery = (c: Context, entries: Entries = {}): unknown =>
  parse(v.strictObject(entries), wellFormedValue(singleValues(c.req.queries())), 'query');

function parse(schema: v.GenericSchema, value: unknown, where: string): unknown {
  // To a schema a list is an object like others.
  if ((schema.type === 'strict_object' || schema.type === 'record') && Array.isArray(value))
    throw badValue(where, 'expected an object');
  if (schema.type === 'strict_object' && 'entries' in schema && typeof value === 'object' && value !== null) {
    // A name that is misspelt is told before the one that is missing for it.
    const unknown = Object.keys(value).find((name) => !Object.hasOwn(schema.entries as Entries, name));
    if (unknown !== undefined) throw unknownField(cut(unknown, 200));
  }
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  throw issueToError(result.issues[0], where);
}

const unknownField = (field: string) =>
  new HttpError({ code: 'unknown-field' }, { field, message: `There is no ${field} here` });
const badValue = (field: string, why: string) =>
  new HttpError({ code: 'bad-value' }, { field, message: `${field}: ${cut(why, 300)}` });

/** A 400 that names the field and what was expected of it. */
export function issueToError(issue: v.BaseIssue<unknown>, where = 'body') {
  const field = cut(v.getDotPath(issue) ?? where, 200);
  const unknown = issue.type === 'strict_object' && issue.expected === 'never';
  return unknown ? unknownField(field) : badValue(field, issue.message);
}
