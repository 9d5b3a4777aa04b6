import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import * as v from 'valibot';
import { BackupKinds } from '../../library/backupNames.ts';
import { BackupError, type Backups } from '../../library/backups.ts';
import { HttpError, notFound } from '../httpError.ts';
import { defineRoute } from '../route.ts';

const Backup = v.object({ name: v.string(), bytes: v.number(), createdAt: v.number(), kind: v.picklist(BackupKinds) });
const TAG = 'Backups';
const name = v.pipe(v.string(), v.maxLength(204));

export const backupRoutes = (backups: Backups) => [
  defineRoute({
    method: 'get',
    path: '/backups',
    tag: TAG,
    summary: 'Verified backups, newest first',
    answer: v.object({ items: v.array(Backup) }),
    handle: async () => ({ items: await backups.list() }),
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
];
