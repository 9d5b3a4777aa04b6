import * as v from 'valibot';
import { answersOf, type AnswerSchema, type Endpoint } from '#shared/api/contract.ts';
import { cut } from '#shared/text/cut.ts';
import type { HttpError } from '../kit/http/httpError.ts';
import { strictly } from '../kit/http/strictly.ts';
import { errorsByStatus, errorsOf } from './routeErrors.ts';

/** Answers are held against their endpoint's schemas in development and in tests; in production they are sent as they are. */
export const isChecked = ['development', 'test'].includes(process.env.NODE_ENV ?? '');

/** An answer that its endpoint does not allow: a fault of the server. It is thrown out of the app in tests, and a 500 in development. */
export class AnswerMismatch extends Error {
  override readonly name = 'AnswerMismatch';
  constructor({ method, path }: Pick<Endpoint, 'method' | 'path'>, why: string) {
    super(`${method.toUpperCase()} ${path} answers otherwise than its endpoint says: ${why}`);
  }
}

const strict = new WeakMap<v.GenericSchema, v.GenericSchema>();
function strictOf(schema: v.GenericSchema): v.GenericSchema {
  const known = strict.get(schema) ?? strictly(schema);
  strict.set(schema, known);
  return known;
}

function answerOf(endpoint: Endpoint, status: number): AnswerSchema {
  const answer = endpoint.answers[status];
  if (answer === undefined) throw new AnswerMismatch(endpoint, `it names no status ${status}`);
  return answer;
}

/**
 * The value as it goes out, held against the schema of its status, in which there is no other name than those it knows.
 * @throws AnswerMismatch
 */
export function checkAnswer(endpoint: Endpoint, status: number, value: unknown): void {
  if (!isChecked) return;
  const answer = answerOf(endpoint, status);
  if (answer.kind === 'file') throw new AnswerMismatch(endpoint, 'a value instead of a file');
  if (answer.kind === 'empty') {
    if (value !== undefined) throw new AnswerMismatch(endpoint, 'a value instead of nothing');
    return;
  }
  const text = JSON.stringify(value) as string | undefined;
  const result = v.safeParse(strictOf(answer), text === undefined ? undefined : JSON.parse(text), { abortEarly: true });
  if (result.success) return;
  const [issue] = result.issues;
  throw new AnswerMismatch(endpoint, `${v.getDotPath(issue) ?? 'the answer'}: ${cut(issue.message, 300)}`);
}

/** The same for a file. @throws AnswerMismatch */
export function checkResponse(endpoint: Endpoint, response: Response): void {
  if (!isChecked) return;
  const answer = answerOf(endpoint, response.status);
  const type = response.headers.get('content-type');
  if (answer.kind === 'empty' && type === null) return;
  if (answer.kind !== 'file') throw new AnswerMismatch(endpoint, `a Response for the status ${response.status}`);
  const [bare = ''] = type?.split(';') ?? [];
  if (!answer.contentTypes.includes(bare.trim())) throw new AnswerMismatch(endpoint, `a file of the type ${type}`);
}

/** For an error, where answers are checked, whoever threw it: its case is one of those that the endpoint names. @throws AnswerMismatch */
export function checkError(endpoint: Endpoint, { code }: Pick<HttpError, 'code'>): void {
  if (!errorsOf(endpoint).includes(code)) throw new AnswerMismatch(endpoint, `it names no error ${code}`);
}

/**
 * For what goes out in the end, where answers are checked, whatever answered: its status is one that the endpoint names, and with an
 * ETag, by which it can be asked for again, so is 304. @throws AnswerMismatch
 */
export function checkSent(endpoint: Endpoint, { status, headers }: Response): void {
  const answers = answersOf(endpoint);
  if (answers[status] === undefined && !errorsByStatus(endpoint).some(([ofError]) => ofError === status))
    throw new AnswerMismatch(endpoint, `it names no status ${status}`);
  if (headers.has('etag') && answers[304] === undefined)
    throw new AnswerMismatch(endpoint, 'an ETag, and it names no status 304');
}
