import * as v from 'valibot';
import { UpstreamError } from './upstreamError.ts';

/** Why an entry of a list could not be read: what it lacks, or `unreadable` for any other shape. */
export type SetAsideReason = 'no-artist' | 'no-title' | 'no-date' | 'unreadable';

/** An entry that could not be read. It is stored and counted, and never stops the rest of its list. */
export interface SetAside {
  reason: SetAsideReason;
  raw: unknown;
}

interface ReadList {
  entries: SetAside[];
  total: number;
  /** A list within an entry (the labels of a record): what it lacks makes no other answer of the whole. */
  isPart: boolean;
}

/** The lists of the answer that is being read; reading is synchronous. */
let current: ReadList[] | null = null;

/** Collects what lists set aside while `read` works. */
export function settingAside<T>(read: () => T): { value: T; lists: ReadList[] } {
  const before = current;
  const lists: ReadList[] = (current = []);
  try {
    return { value: read(), lists };
  } finally {
    current = before;
  }
}

/** What was set aside, of lists themselves and of lists within their entries. */
export function asideOf(lists: readonly ReadList[]): { entries: SetAside[]; parts: SetAside[] } {
  const of = (wanted: boolean) => lists.flatMap(({ entries, isPart }) => (isPart === wanted ? entries : []));
  return { entries: of(false), parts: of(true) };
}

/** Reads each entry by itself. @returns those that fit, with their place in the list, and those that do not. */
export function entriesRead<Schema extends v.GenericSchema>(
  entry: Schema,
  entries: readonly unknown[],
  { isPart = false } = {},
): { read: { value: v.InferOutput<Schema>; place: number }[]; aside: SetAside[] } {
  const read: { value: v.InferOutput<Schema>; place: number }[] = [];
  const aside: SetAside[] = [];
  entries.forEach((raw, place) => {
    const { value: result, lists } = settingAside(() => v.safeParse(entry, raw));
    if (result.success) {
      read.push({ value: result.output, place });
      current?.push(...lists);
    } else aside.push({ reason: reasonOf(result.issues), raw });
  });
  current?.push({ entries: aside, total: entries.length, isPart });
  return { read, aside };
}

/** What counts first: a play without an artist is one whatever else is wrong with it. */
const REASONS: readonly [SetAsideReason, RegExp][] = [
  ['no-artist', /(?:^|\.)artists?\b/],
  ['no-title', /(?:^|\.)(?:name|title)$/],
  ['no-date', /(?:^|\.)date\b/],
];

function reasonOf(issues: readonly v.BaseIssue<unknown>[]): SetAsideReason {
  const places = issues.map((issue) => v.getDotPath(issue) ?? '');
  return REASONS.find(([, place]) => places.some((path) => place.test(path)))?.[0] ?? 'unreadable';
}

const isNameless = ({ reason }: SetAside) => reason === 'no-artist' || reason === 'no-title';
/** In a short list one odd entry is already a large part. */
const FEW = 2;
/** A whole record without its artist, in the hour in which nothing else was heard. */
const FEW_NAMELESS = 10;

/**
 * When more than a fifth of a list cannot be read, it is not its entries that are odd: the answer is of another shape.
 *
 * @throws UpstreamError `malformed`
 */
export function refuseMostlyUnreadable(upstream: string, aside: readonly SetAside[], total: number): void {
  const shapeless = aside.filter((entry) => !isNameless(entry)).length;
  if (shapeless <= Math.max(FEW, total / 5) && aside.length <= Math.max(FEW_NAMELESS, total / 5)) return;
  throw new UpstreamError({
    upstream,
    kind: 'malformed',
    message: `${upstream} answered in an unknown shape (${aside.length} of ${total} entries)`,
  });
}
