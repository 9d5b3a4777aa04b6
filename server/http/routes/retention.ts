import * as v from 'valibot';
import { EpochSeconds, Whole } from '#shared/library/identifiers.ts';
import { ConfigError } from '../../config.ts';
import type { ArchiveRestores } from '../../jobs/archiveRestores.ts';
import type { Archive } from '../../library/api/archive.ts';
import type { Retention } from '../../modules/retention.ts';
import { HttpError, refusedSetting } from '../httpError.ts';
import { defineRoute } from '../route.ts';

const SeenQuestion = v.object({ days: Whole, listens: Whole, oldest: EpochSeconds, clock: v.optional(EpochSeconds) });

const Seconds = v.nullable(v.number());
const Status = v.object({
  /** 0 is for ever. */
  days: v.number(),
  decided: v.boolean(),
  waiting: v.nullable(v.object({ listens: v.number(), oldest: v.number(), clock: v.optional(v.number()) })),
});
const Item = v.object({
  name: v.string(),
  bytes: Seconds,
  createdAt: Seconds,
  listens: v.number(),
  from: Seconds,
  to: Seconds,
});
const TAG = 'Retention';

export const retentionRoutes = (retention: Retention, archive: Archive, restores: ArchiveRestores) => [
  defineRoute({
    method: 'get',
    path: '/retention',
    tag: TAG,
    summary: 'How long listens stay in the journal, and whether some wait for a decision',
    answer: Status,
    handle: () => retention.status(),
  }),
  defineRoute({
    method: 'put',
    path: '/retention',
    errors: ['question-changed', 'setting-fixed', 'setting-whole'],
    tag: TAG,
    summary: 'Decide how many days listens stay; 0 keeps everything',
    body: v.strictObject({
      days: v.pipe(
        v.number('a whole number of days from 0 to 36500'),
        v.integer('a whole number of days from 0 to 36500'),
        v.minValue(0),
        v.maxValue(36_500),
      ),
      seen: v.optional(SeenQuestion),
    }),
    answer: Status,
    handle({ body }) {
      try {
        if (!retention.decide(body.days, body.seen ?? null)) throw new HttpError({ code: 'question-changed' });
      } catch (error) {
        throw error instanceof ConfigError ? refusedSetting(error, 'days') : error;
      }
      return retention.status();
    },
  }),
  defineRoute({
    method: 'get',
    path: '/archive',
    tag: TAG,
    summary: 'Files of the archive, newest first, each with the listens it holds for the journal',
    answer: v.object({ items: v.array(Item), restoring: v.array(v.string()) }),
    handle: async () => ({ items: await archive.list(), restoring: restores.running() }),
  }),
  defineRoute({
    method: 'post',
    path: '/archive/:name/restore',
    errors: ['unknown-archive'],
    tag: TAG,
    summary:
      "Bring a file's listens back into the journal, or join the restore that is going; progress comes by the event stream",
    params: { name: v.pipe(v.string(), v.maxLength(100)) },
    status: 202,
    answer: v.object({ name: v.string(), state: v.literal('running') }),
    async handle({ params }) {
      const found = (await archive.list()).find(({ name }) => name === params.name);
      if (!found || found.bytes === null) throw new HttpError({ code: 'unknown-archive', params });
      restores.begin(params.name);
      return { name: params.name, state: 'running' };
    },
  }),
];
