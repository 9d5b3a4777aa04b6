import type { Page, PageRequest } from '../api/page.ts';
import type { PlaylistItem } from '#shared/api/playlists.ts';
import type { Core } from '../core.ts';
import type { SqlValue } from '../database/database.ts';
import { readProblem } from '../database/storedProblem.ts';

type ItemRow = Omit<PlaylistItem, 'options' | 'createdAt' | 'updatedAt' | 'problem'> & {
  options: string | null;
  createdAt: string;
  updatedAt: string;
};

/** The playlists that are not deleted, the last made first. */
export function playlistsPage(core: Core, { page, pageSize }: PageRequest): Page<PlaylistItem> {
  const { total } = core.db.get<{ total: number }>('SELECT count(*) AS total FROM playlists WHERE deleted_at IS NULL')!;
  return {
    items: items(core, 'true ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?', pageSize, (page - 1) * pageSize),
    total,
  };
}

export function playlistItem(core: Core, uid: string): PlaylistItem | null {
  return items(core, 'uid = ?', uid)[0] ?? null;
}

function items({ db }: Core, where: string, ...values: SqlValue[]): PlaylistItem[] {
  const rows = db.all<ItemRow>(
    `SELECT uid AS id, name, algorithm, ai_prompt AS aiPrompt, options, track_count AS trackCount, created_at AS createdAt, updated_at AS updatedAt,
       state, failure FROM playlists WHERE deleted_at IS NULL AND ${where}`,
    ...values,
  );
  return rows.map(({ failure, ...row }) => ({
    ...row,
    ...failureOf(failure),
    options: row.options === null ? null : (JSON.parse(row.options) as Record<string, unknown>),
    createdAt: epochOf(row.createdAt),
    updatedAt: epochOf(row.updatedAt),
  }));
}

function failureOf(stored: string | null): Pick<PlaylistItem, 'failure' | 'problem'> {
  const { message: failure, problem } = readProblem(stored);
  return { failure, problem };
}

const epochOf = (iso: string): number => Math.floor(Date.parse(iso) / 1000);
