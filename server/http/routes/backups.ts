import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import * as v from 'valibot';
import { BackupKinds } from '../../library/backupNames.ts';
import { BackupError, type Backups } from '../../library/backups.ts';
import type { RestorePlan } from '../../library/restorePlan.ts';
import { HttpError, notFound } from '../httpError.ts';
import { defineRoute } from '../route.ts';

const Backup = v.object({ name: v.string(), bytes: v.number(), createdAt: v.number(), kind: v.picklist(BackupKinds) });
const TAG = 'Backups';
const name = v.pipe(v.string(), v.maxLength(204));

export const backupRoutes = (backups: Backups, plan: RestorePlan) => [
  defineRoute({
    method: 'get',
    path: '/backups',
    tag: TAG,
    summary: 'Verified backups, newest first',
    /** `restoring`: what takes the library's place at the next start. */
    answer: v.object({ items: v.array(Backup), restoring: v.nullable(v.string()) }),
    handle: async () => ({ items: await backups.list(), restoring: plan.chosen() }),
  }),
  defineRoute({
    method: 'post',
    path: '/backups',
    tag: TAG,
    summary: 'Make a backup now; answers when it is written and verified',
    status: 201,
    answer: Backup,
    async handle() {
      try {
        const made = await backups.make('by-hand');
        if (made === null) throw new HttpError('conflict', 'The library is empty: there is nothing to back up yet');
        return made;
      } catch (error) {
        if (error instanceof BackupError) throw new HttpError('unavailable', error.message);
        throw error;
      }
    },
  }),
  defineRoute({
    method: 'get',
    path: '/backups/:name',
    tag: TAG,
    summary: 'Download a backup: a database file that AIME and sqlite3 open',
    params: { name },
    async handle({ params }) {
      const path = await backups.pathOf(params.name);
      if (path === null) throw notFound(`backup ${params.name}`);
      const { size } = await stat(path);
      return new Response(Readable.toWeb(createReadStream(path)) as ReadableStream, {
        headers: {
          'content-type': 'application/vnd.sqlite3',
          'content-length': String(size),
          'content-disposition': `attachment; filename="${params.name}"`,
          'cache-control': 'no-store',
        },
      });
    },
  }),
  defineRoute({
    method: 'delete',
    path: '/backups/:name',
    tag: TAG,
    summary: 'Remove a backup',
    params: { name },
    async handle({ params }) {
      if (!(await backups.remove(params.name))) throw notFound(`backup ${params.name}`);
    },
  }),
  defineRoute({
    method: 'post',
    path: '/backups/:name/restore',
    tag: TAG,
    summary: "Bring a backup back: at AIME's next start it takes the library's place, which is saved first",
    params: { name },
    status: 202,
    answer: v.object({ name: v.string(), when: v.literal('next-start') }),
    async handle({ params }) {
      if ((await backups.pathOf(params.name)) === null) throw notFound(`backup ${params.name}`);
      plan.choose(params.name);
      return { name: params.name, when: 'next-start' };
    },
  }),
  defineRoute({
    method: 'delete',
    path: '/backups/:name/restore',
    tag: TAG,
    summary: 'Do not bring it back after all',
    params: { name },
    handle({ params }) {
      if (plan.chosen() !== params.name) throw notFound(`restore of ${params.name}`);
      plan.cancel();
    },
  }),
];
