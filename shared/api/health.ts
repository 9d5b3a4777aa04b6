import * as v from 'valibot';
import { Count, StoredSeconds } from '../primitives/identifiers.ts';
import { defineEndpoint } from './contract.ts';
import { RecoveryReason } from './recovery.ts';

/** `warning`: it works, and somebody should look; `failing`: it does not do what it is for. */
export const PartState = v.picklist(['ok', 'warning', 'failing']);

/** What every part says, to everybody: no names, no paths, no accounts. What else a part says is for who has the token. */
const part = <Codes extends readonly string[], Details extends v.ObjectEntries>(codes: Codes, details: Details) =>
  v.object({ state: PartState, code: v.picklist(codes), ...v.partial(v.object(details)).entries });

const Seconds = v.nullable(StoredSeconds);

const DatabaseCodes = [
  'writable',
  'database-busy',
  'disk-full',
  'disk-failing',
  'damaged',
  'missing',
  'exchanged',
  'away',
  'recovery',
  'starting',
  'migrating',
] as const;
export type DatabaseCode = (typeof DatabaseCodes)[number];

/** The server's parts by their names. A part that is not running at the moment is left out. */
export const HealthParts = v.partial(
  v.object({
    /** From a small write that was really made, and from what the file says of itself. */
    database: part(DatabaseCodes, { checkedAt: StoredSeconds, tookMilliseconds: Count }),
    /** Of the disk that holds the library. */
    disk: part(['enough', 'low', 'full', 'unknown'], {
      freeBytes: v.nullable(Count),
      totalBytes: v.nullable(Count),
      lowBelowBytes: Count,
    }),
    backup: part(['good', 'not-yet', 'failed', 'old', 'none', 'second', 'archive'], {
      lastGoodAt: Seconds,
      ageSeconds: v.nullable(Count),
      bytes: v.nullable(Count),
      secondLastGoodAt: Seconds,
    }),
    /** Only there when the chosen restore failed. */
    restore: part(['failed'], {}),
    jobs: part(['on-time', 'failing', 'overdue'], {
      items: v.array(
        v.object({
          id: v.string(),
          state: PartState,
          code: v.picklist(['on-time', 'running', 'off', 'failing', 'overdue']),
          lastRunAt: Seconds,
          lastSuccessAt: Seconds,
          nextRunAt: Seconds,
        }),
      ),
    }),
    services: part(['well', 'attention'], {
      items: v.array(
        v.object({ id: v.string(), state: PartState, code: v.string(), since: v.optional(StoredSeconds) }),
      ),
    }),
    /** Of Last.fm's: how long ago the last poll succeeded, against how often it is asked; `unread` while polls fail. */
    tracker: part(['following', 'off', 'late', 'unread', 'frozen'], {
      lagSeconds: v.nullable(Count),
      intervalSeconds: Count,
    }),
    /** The change feed, and how many listen to the stream at this moment. */
    feed: part(['live', 'unreadable'], { seq: Count, connected: Count }),
  }),
);
export type HealthParts = v.InferOutput<typeof HealthParts>;
export type PartState = v.InferOutput<typeof PartState>;

/** What `GET /health/ready` says. */
export const Readiness = v.object({
  ready: v.boolean(),
  /** Why not: a code of the database's or the disk's; null when it is. */
  code: v.nullable(v.string()),
});
export type Readiness = v.InferOutput<typeof Readiness>;

/** How the server and its parts are. */
export const Health = v.object({
  /** `recovery`: the library is lost, see GET /recovery. `degraded`: a part is failing. */
  status: v.picklist(['ok', 'degraded', 'recovery']),
  version: v.string(),
  uptimeSeconds: Count,
  live: v.boolean(),
  ready: v.boolean(),
  checks: v.record(v.string(), PartState),
  parts: HealthParts,
  recovery: v.optional(v.object({ reason: RecoveryReason })),
});
export type Health = v.InferOutput<typeof Health>;

const probe = { method: 'get', tag: 'Health', open: true, anyQuery: true } as const;

export const getHealth = defineEndpoint({
  ...probe,
  operationId: 'getHealth',
  path: '/health',
  summary:
    'How the server and its parts are; 503 with the same body when it is not ready. Details of the parts are for callers with credentials',
  answers: { 200: Health, 503: Health },
});

export const getLiveness = defineEndpoint({
  ...probe,
  operationId: 'getLiveness',
  path: '/health/live',
  summary: 'Answers as long as the process does, whatever else is the matter',
  answers: { 200: v.object({ live: v.boolean(), uptimeSeconds: Count }) },
});

export const getReadiness = defineEndpoint({
  ...probe,
  operationId: 'getReadiness',
  path: '/health/ready',
  summary:
    'Whether the library can be read and written now; 503 with the same body when it cannot: locked, lost, damaged, or its disk full',
  answers: { 200: Readiness, 503: Readiness },
});
