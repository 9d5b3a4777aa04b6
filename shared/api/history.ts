import * as v from 'valibot';
import { ListenSource, ListenSources } from '../journal/listen.ts';
import { Count, StoredSeconds, Whole } from '../primitives/identifiers.ts';
import { defineEndpoint } from './contract.ts';
import { flagQuery, idParams, IdQuery, listOf, pageQuery } from './lists.ts';
import { DayQuery, rangeQuery } from './periods.ts';

const TAG = 'History';

const Reason = v.object({
  /** One of matching/reasons.ts, or one that an earlier or a later version wrote. */
  code: v.string(),
  /** Positive for, negative against. */
  weight: v.number(),
  /** What the first and the second say, as they print it. */
  a: v.optional(v.string()),
  b: v.optional(v.string()),
  /** Between two stamps or two durations. */
  seconds: v.optional(v.number()),
});
/** Why the reports with the keys `a` and `b` are one play. */
const Join = v.object({
  a: v.string(),
  b: v.string(),
  by: v.picklist(['rule', 'hand']),
  score: v.number(),
  reasons: v.array(Reason),
});

/** A play as one source reported it. */
export const SourceReport = v.object({
  id: Whole,
  source: ListenSource,
  playedAt: StoredSeconds,
  artist: v.string(),
  title: v.string(),
  album: v.nullable(v.string()),
  reasons: v.nullable(v.array(Join)),
});
export type SourceReport = v.InferOutput<typeof SourceReport>;
export type Join = v.InferOutput<typeof Join>;

/** A listen with the reports of it. */
export const Listen = v.object({
  id: Whole,
  playedAt: StoredSeconds,
  source: ListenSource,
  loved: v.boolean(),
  zone: v.nullable(v.string()),
  note: v.nullable(v.string()),
  goneUpstream: v.boolean(),
  witnesses: v.array(SourceReport),
  track: v.object({ id: Whole, title: v.string(), durationSeconds: v.nullable(Whole) }),
  album: v.nullable(
    v.object({ id: Whole, title: v.string(), year: v.nullable(Whole), support: v.nullable(v.string()) }),
  ),
  artists: v.array(v.object({ id: Whole, name: v.string() })),
});
export type Listen = v.InferOutput<typeof Listen>;

export const listListens = defineEndpoint({
  operationId: 'listListens',
  method: 'get',
  etag: true,
  path: '/history/tracks',
  tag: TAG,
  summary: 'Listens, newest first',
  query: {
    ...pageQuery(50),
    ...rangeQuery,
    source: v.optional(v.picklist(ListenSources)),
    artist: v.optional(IdQuery),
    album: v.optional(IdQuery),
    loved: flagQuery,
    q: v.optional(v.pipe(v.string(), v.maxLength(200))),
  },
  answers: { 200: listOf(Listen) },
});

export const getListen = defineEndpoint({
  operationId: 'getListen',
  method: 'get',
  etag: true,
  path: '/history/tracks/:id',
  errors: ['unknown-listen'],
  tag: TAG,
  summary: 'One listen with its source reports',
  params: idParams,
  answers: { 200: Listen },
});

export const getTimeline = defineEndpoint({
  operationId: 'getTimeline',
  method: 'get',
  etag: true,
  path: '/history/timeline',
  tag: TAG,
  summary: "A day's listens by the hour of the household's clock; today without a date",
  query: { date: v.optional(DayQuery) },
  answers: {
    200: v.object({
      date: v.string(),
      timezone: v.string(),
      hours: v.array(v.object({ hour: Count, start: Whole, listens: v.array(Listen) })),
    }),
  },
});
