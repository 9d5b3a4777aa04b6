import { decideRetention, getRetention, listArchive, restoreArchive } from '#shared/api/retention.ts';
import { ConfigError } from '../../config.ts';
import type { ArchiveRestores } from '../../jobs/archiveRestores.ts';
import type { Archive } from '../../library/api/archive.ts';
import type { Retention } from '../../modules/retention.ts';
import { HttpError } from '../../kit/http/httpError.ts';
import { refusedSetting } from '../refusals.ts';
import { route } from '../route.ts';

export const retentionRoutes = (retention: Retention, archive: Archive, restores: ArchiveRestores) => [
  route(getRetention, () => retention.status()),
  route(decideRetention, ({ body }) => {
    try {
      if (!retention.decide(body.days, body.seen ?? null)) throw new HttpError({ code: 'question-changed' });
    } catch (error) {
      throw error instanceof ConfigError ? refusedSetting(error, 'days') : error;
    }
    return retention.status();
  }),
  route(listArchive, async () => ({ items: await archive.list(), restoring: restores.running() })),
  route(restoreArchive, async ({ params }) => {
    const found = (await archive.list()).find(({ name }) => name === params.name);
    if (!found || found.bytes === null) throw new HttpError({ code: 'unknown-archive', params });
    restores.begin(params.name);
    return { name: params.name, state: 'running' as const };
  }),
];
