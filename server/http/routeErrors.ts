import { errorCodes, messageOf, type CodedError, type ErrorCode } from '#shared/errors/errorCodes.ts';
import type { Route } from './route.ts';
import { statusOf } from '../kit/http/httpError.ts';

const BODY = [
  'bad-value',
  'unknown-field',
  'not-json',
  'cut-off',
  'too-deep',
  'body-too-large',
  'too-many-values',
  'too-many-names',
  'busy',
] as const satisfies readonly ErrorCode[];
const LOST = ['missing', 'empty', 'damaged', 'foreign', 'newer'] as const satisfies readonly ErrorCode[];

/** What is answered although the library is lost. */
const WITHOUT_LIBRARY = /^\/(recovery|session|openapi\.json$|docs$|metrics$)/;

/** Every case that an operation can be answered with: its own, and those that come of what it takes, of who asks, and of the library. */
export function errorsOf(route: Route): ErrorCode[] {
  const { method, path, params, query, anyQuery, largeBody, open, errors = [] } = route;
  const isOpen = open === true || WITHOUT_LIBRARY.test(path);
  const takes = (name: string) => query !== undefined && Object.hasOwn(query, name);
  const all: readonly ErrorCode[] = [
    ...errors,
    // An address whose parameter is empty is another one, at which there is nothing.
    ...(params ? (['bad-value', 'unknown-path'] as const) : []),
    ...(anyQuery ? [] : (['unknown-field', 'given-twice'] as const)),
    ...(query ? (['bad-value'] as const) : []),
    ...(takes('from') && takes('to') ? (['to-before-from'] as const) : []),
    ...(takes('period') ? (['period-or-range', 'date-without-period'] as const) : []),
    ...(method === 'get' ? [] : BODY),
    ...(largeBody ? (['too-many-rows'] as const) : []),
    ...(open ? [] : (['sign-in'] as const)),
    'localhost-only',
    ...(method === 'get' ? [] : (['foreign-page'] as const)),
    ...(path.startsWith('/sync/') ? (['app-too-old'] as const) : []),
    ...((route.writes ?? method !== 'get') ? (['database-busy', 'disk-full', 'disk-failing'] as const) : []),
    ...(isOpen ? [] : LOST),
    'stopping',
    'internal',
  ];
  return [...new Set(all)];
}

/** The same by their statuses, in the order of these. */
export function errorsByStatus(route: Route): [status: number, codes: ErrorCode[]][] {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of errorsOf(route)) {
    const status = statusOf[errorCodes[code][0]];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return [...byStatus].sort(([one], [other]) => one - other);
}

/** A case in words, the values it names in braces. */
export const describedError = (code: ErrorCode): string => {
  const names = [...errorCodes[code][1].matchAll(/\{(\w+)\}/g)].map(([braced, name]) => [name!, braced] as const);
  return messageOf({ code, params: Object.fromEntries(names) } as unknown as CodedError);
};
