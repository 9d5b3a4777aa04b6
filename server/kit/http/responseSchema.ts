import * as v from 'valibot';
import { readJson } from '#shared/text/json.ts';
import { cut, shortened } from '#shared/text/cut.ts';
import { type Redacted, withoutSecrets } from '../redacted.ts';
import { asideOf, entriesRead, refuseMostlyUnreadable, type SetAside, settingAside } from './setAside.ts';
import { isUpstreamError, UpstreamError } from './upstreamError.ts';
import type { UpstreamAnswer } from './upstreamAnswer.ts';
import { trimmed } from '#shared/text/blank.ts';

/**
 * Reading what other services send, which is never to be relied on: pieces that accept the variations their answers are
 * known for, and one way to refuse the rest.
 */

/** Called with entries that could not be read: those of a list, or the parts of entries that were read without them. */
export type OnSetAside = (entries: SetAside[], of: 'list' | 'parts') => void;

/**
 * @param onSetAside called with what could not be read; the rest is returned.
 * @throws UpstreamError `malformed`, naming the places that do not fit but none of the values.
 */
export function parseResponse<Schema extends v.GenericSchema>(
  upstream: string,
  schema: Schema,
  value: unknown,
  onSetAside?: OnSetAside,
): v.InferOutput<Schema> {
  const { value: result, lists } = settingAside(() => v.safeParse(schema, value));
  if (result.success) {
    for (const { entries, total, isPart } of lists) if (!isPart) refuseMostlyUnreadable(upstream, entries, total);
    const { entries, parts } = asideOf(lists);
    if (entries.length > 0) onSetAside?.(entries, 'list');
    if (parts.length > 0) onSetAside?.(parts, 'parts');
    return result.output;
  }
  const places = [...new Set(result.issues.map((issue) => v.getDotPath(issue) ?? 'the answer'))].slice(0, 5).join(', ');
  throw new UpstreamError({
    upstream,
    kind: 'malformed',
    message: `${upstream} answered in an unknown shape (${places})`,
  });
}

/**
 * For `validate` in a request: an answer that claims success and holds no JSON (a gateway's page, half a body, nothing) is
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

/** The body as JSON, or undefined: for answers that are errors, where an HTML page says no less than the status. */
export function jsonIfAny(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
}

/** No name, title or note is longer; what is is cut, in UTF-16 units. */
const LONGEST_TEXT = 5_000;

/** A text as it is stored: no longer than any that somebody wrote. */
export const boundedText = (text: string): string => cut(text, LONGEST_TEXT, LONGEST_TEXT);

/** Text that may be missing, null or a number: trimmed, '' when there is none. */
export const looseText = v.pipe(
  v.unknown(),
  v.transform((value) =>
    typeof value === 'string' ? trimmed(boundedText(trimmed(value))) : typeof value === 'number' ? String(value) : '',
  ),
);

/** As `looseText`, with null for none. */
export const textOrNull = v.pipe(
  looseText,
  v.transform((text) => (text === '' ? null : text)),
);

/** A whole number that may come as text; null when it is neither. */
export const wholeOrNull = v.pipe(
  v.unknown(),
  v.transform((value) => {
    const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value.trim()) ? Number(value) : value;
    return Number.isSafeInteger(number) ? (number as number) : null;
  }),
);

/** An id or a count: a whole number above zero, as number or text. Zero is how several services say "none". */
export const positive = v.pipe(
  wholeOrNull,
  v.check((number) => number !== null && number > 0),
  v.transform(Number),
);
export const positiveOrNull = v.pipe(
  wholeOrNull,
  v.transform((number) => (number !== null && number > 0 ? number : null)),
);

/** An absolute http or https address, or null: anything else (relative, `javascript:`, '') is no link and no image. */
export const webUrlOrNull = v.pipe(
  looseText,
  v.transform((text) => (/^https?:\/\//i.test(text) && URL.canParse(text) ? text : null)),
);

/** `{…}` but no list, which would pass as an object without any of its fields. */
export const anyRecord = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

export const record = <Entries extends v.ObjectEntries>(entries: Entries) => v.pipe(anyRecord, v.object(entries));

/** Text that must be text, or a number; it may be empty. */
export const plainText = v.pipe(
  v.unknown(),
  v.check((value) => typeof value === 'string' || typeof value === 'number'),
  looseText,
);

/**
 * A list within an entry, whose bad entries (null, wrong shape) are set aside rather than losing the good ones. Missing or null is
 * empty; a single object stands for a list of one.
 */
export const looseList = <Schema extends v.GenericSchema>(entry: Schema) =>
  v.pipe(
    v.unknown(),
    v.transform((value): v.InferOutput<Schema>[] => {
      const single = value === undefined || value === null ? [] : [value];
      return goodEntries(entry, Array.isArray(value) ? value : single, { isPart: true });
    }),
  );

/** A list that must be there, each bad entry set aside: for the body of a page, where a missing list is no empty page. */
export const requiredList = <Schema extends v.GenericSchema>(entry: Schema) =>
  v.pipe(
    v.array(v.unknown()),
    v.transform((entries): v.InferOutput<Schema>[] => goodEntries(entry, entries, { isPart: false })),
  );

const goodEntries = <Schema extends v.GenericSchema>(
  entry: Schema,
  entries: unknown[],
  of: { isPart: boolean },
): v.InferOutput<Schema>[] => entriesRead(entry, entries, of).read.map(({ value }) => value);

const LONGEST_MESSAGE = 300;

/** A service's own sentence made fit to be shown: one line of bounded length, without our secrets should it repeat them. */
export function upstreamMessage(text: string, secrets: readonly (Redacted | undefined)[] = []): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return shortened(
    withoutSecrets(
      line,
      secrets.flatMap((secret) => secret?.reveal() ?? []),
    ),
    LONGEST_MESSAGE,
  );
}
