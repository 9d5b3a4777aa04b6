import type { Endpoint } from '#shared/api/contract.ts';
import { RecoveryReason } from '#shared/api/recovery.ts';
import { errorCodes, messageOf, type CodedError, type ErrorCode } from '#shared/errors/errorCodes.ts';
import { statusOf } from '../kit/http/httpError.ts';
import { UnavailableCodes } from '../library/api/unavailable.ts';

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
const LOST = RecoveryReason.options satisfies readonly ErrorCode[];

/** Before the library is open: it is looked at and opened, or an update changes it first. */
export const OpeningCodes = ['starting', 'migrating'] as const satisfies readonly ErrorCode[];
export type OpeningCode = (typeof OpeningCodes)[number];

/** What is answered whatever becomes of the library, beside what is open. */
const WITHOUT_LIBRARY = /^\/(session|openapi\.json$|docs$|metrics$)/;
/** What is answered where the library is lost, and only there or where it is open. */
const OF_LOSS = /^\/recovery(\/|$)/;

/** Every case that an operation can be answered with: its own, and those that come of what it takes, of who asks, and of the library. */
export function errorsOf(endpoint: Endpoint): ErrorCode[] {
  const { method, path, params, query, anyQuery, largeBody, open, errors = [] } = endpoint;
  const needsLibrary = open !== true && !WITHOUT_LIBRARY.test(path);
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
    // One that only reads is answered so too: while the library cannot be opened, and where reading it fails.
    ...(needsLibrary ? [...OpeningCodes, ...UnavailableCodes] : []),
    ...(needsLibrary && !OF_LOSS.test(path) ? LOST : []),
    'stopping',
    'internal',
  ];
  return [...new Set(all)];
}

/** The same by their statuses, in the order of these. */
export function errorsByStatus(endpoint: Endpoint): [status: number, codes: ErrorCode[]][] {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of errorsOf(endpoint)) {
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
