import * as v from 'valibot';
import { readJson } from '#shared/text/json.ts';
import { shortened } from '#shared/text/cut.ts';
import type { Redacted } from '../redacted.ts';
import { entriesRead, refuseMostlyUnreadable, type SetAside, settingAside } from './setAside.ts';
import { isUpstreamError, UpstreamError } from './upstreamError.ts';
import type { UpstreamAnswer } from './upstreamHttp.ts';

/**
 * Reading what other services send, which is never to be relied on: pieces that accept the variations their wires are
 * known for, and one way to refuse the rest.
 */

/**
 * @param onSetAside told of the entries of its required lists that could not be read; the rest is given back.
 * @throws UpstreamError `malformed`, naming the places that do not fit but none of the values.
 */
export function readWire<Schema extends v.GenericSchema>(upstream: string, schema: Schema, value: unknown, onSetAside?: (entries: SetAside[]) => void): v.InferOutput<Schema> {
  const { value: result, lists } = settingAside(() => v.safeParse(schema, value));
  if (result.success) {
    for (const { entries, total } of lists) refuseMostlyUnreadable(upstream, entries, total);
    const aside = lists.flatMap(({ entries }) => entries);
    if (aside.length > 0) onSetAside?.(aside);
    return result.output;
  }
  const places = [...new Set(result.issues.map((issue) => v.getDotPath(issue) ?? 'the answer'))].slice(0, 5).join(', ');
  throw new UpstreamError({ upstream, kind: 'malformed', message: `${upstream} answered in an unknown shape (${places})` });
}

/**
 * For `judge` in a request: an answer that claims success and holds no JSON (a gateway's page, half a body, nothing) is
 * a failure, worth another attempt.
 */
export function notData(answer: UpstreamAnswer): UpstreamError | null {
  if (answer.status >= 300) return null;
  try {
    answer.json();
    return null;
  } catch (error) {
    if (isUpstreamError(error)) return error;
    throw error;
  }
}

/** The body as JSON, or undefined: for answers that are errors, where an HTML page tells no less than the status. */
export function jsonIfAny(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
}

/** Text that may be missing, null or a number: trimmed, '' when there is none. */
export const looseText = v.pipe(
  v.unknown(),
  v.transform((value) => (typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '')),
);

/** As `looseText`, with null for none. */
export const textOrNull = v.pipe(looseText, v.transform((text) => (text === '' ? null : text)));

/** A whole number that may come as text; null when it is neither. */
export const wholeOrNull = v.pipe(
  v.unknown(),
  v.transform((value) => {
    const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value.trim()) ? Number(value) : value;
    return Number.isSafeInteger(number) ? (number as number) : null;
  }),
);

/** An id or a count: a whole number above zero, as number or text. Zero is how several services say "none". */
export const positive = v.pipe(wholeOrNull, v.check((number) => number !== null && number > 0), v.transform(Number));
export const positiveOrNull = v.pipe(wholeOrNull, v.transform((number) => (number !== null && number > 0 ? number : null)));

/** An absolute http or https address, or null: anything else (relative, `javascript:`, '') is no link and no image. */
export const webUrlOrNull = v.pipe(
  looseText,
  v.transform((text) => (/^https?:\/\//i.test(text) && URL.canParse(text) ? text : null)),
);

/**
 * A list whose bad entries (null, wrong shape) are left out rather than losing the good ones. Missing or null is empty;
 * a single object stands for a list of one.
 */
export const looseList = <Schema extends v.GenericSchema>(entry: Schema) =>
  v.pipe(
    v.unknown(),
    v.transform((value): v.InferOutput<Schema>[] => {
      const single = value === undefined || value === null ? [] : [value];
      return goodEntries(entry, Array.isArray(value) ? value : single);
    }),
  );

/** A list that must be there, each bad entry set aside: for the body of a page, where a missing list is no empty page. */
export const requiredList = <Schema extends v.GenericSchema>(entry: Schema) =>
  v.pipe(v.array(v.unknown()), v.transform((entries): v.InferOutput<Schema>[] => entriesRead(entry, entries).read.map(({ value }) => value)));

function goodEntries<Schema extends v.GenericSchema>(entry: Schema, entries: unknown[]): v.InferOutput<Schema>[] {
  return entries.flatMap((item) => {
    const result = v.safeParse(entry, item);
    return result.success ? [result.output] : [];
  });
}

const LONGEST_WORDS = 300;

/** A service's own sentence made fit to be shown: one line of bounded length, without our secrets should it repeat them. */
export function upstreamWords(text: string, secrets: readonly (Redacted | undefined)[] = []): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  const shown = secrets.reduce((masked, secret) => {
    const hidden = secret?.reveal() ?? '';
    return hidden === '' ? masked : masked.replaceAll(hidden, String(secret));
  }, line);
  return shortened(shown, LONGEST_WORDS);
}
