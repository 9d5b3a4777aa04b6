import { type Archive, ArchiveFileError } from '../api/archive.ts';
import { inTurn } from '../../kit/inTurn.ts';
import { type Core, listed } from '../core.ts';
import type { Rollups } from '../api/rollups.ts';
import { archiveFiles, type ArchiveFiles } from './files.ts';
import { removeBefore } from './removal.ts';
import { idsIn, revive } from './revival.ts';

/** @param folder made when the first file is written. */
export function openArchive(core: Core, rollups: Rollups, folder: string): Archive {
  const files = archiveFiles(folder);
  const oneByOne = inTurn();
  return {
    async list() {
      const found = await files.list();
      const filed = heldBy(core, []);
      const lost = filed.filter(({ name }) => !found.some((file) => file.name === name)).map(({ name }) => name);
      const strays = found.filter(({ name }) => !filed.some((row) => row.name === name)).map(({ name }) => name);
      const held =
        lost.length > 0 && strays.length > 0 ? heldBy(core, await renamed(core, files, lost, strays)) : filed;
      const names = new Set([...found, ...held].map(({ name }) => name));
      return [...names]
        .sort()
        .reverse()
        .map((name) => ({
          ...{ name, bytes: null, createdAt: null, listens: 0, from: null, to: null },
          ...found.find((file) => file.name === name),
          ...held.find((row) => row.name === name),
        }));
    },
    removeBefore: (cutoff, pace) => oneByOne(() => removeBefore(core, rollups, files, cutoff, pace)),
    restore: (name, pace, onProgress = () => undefined) =>
      oneByOne(async () => {
        if (!(await files.has(name))) throw new ArchiveFileError({ code: 'unknown-archive', params: { name } });
        return revive(core, rollups, files, name, pace, onProgress);
      }),
  };
}

type Found = [listenId: number, name: string];

/** What is archived, file by file. @param found listens that are in another file than they are filed under. */
function heldBy(core: Core, found: readonly Found[]): { name: string; listens: number; from: number; to: number }[] {
  return core.db.all(
    `SELECT ifnull(found.name, file) AS name, count(*) AS listens, min(timestamp) AS "from", max(timestamp) AS "to"
     FROM archived_listens LEFT JOIN (SELECT value ->> 0 AS id, value ->> 1 AS name FROM json_each(?)) AS found ON found.id = listen_id GROUP BY 1`,
    JSON.stringify(found),
  );
}

/** Listens that are filed under files that are gone, by the files that hold them all the same: those were renamed. */
async function renamed(
  core: Core,
  files: ArchiveFiles,
  lost: readonly string[],
  strays: readonly string[],
): Promise<Found[]> {
  const found = new Map<number, string>();
  for (const name of strays) {
    const rows = core.db.rows<[number]>(
      'SELECT listen_id FROM archived_listens WHERE file IN (SELECT value FROM json_each(?)) AND listen_id IN (SELECT value FROM json_each(?))',
      JSON.stringify(lost),
      listed(await idsIn(files, name, {})),
    );
    for (const [id] of rows) found.set(id, name);
  }
  return [...found];
}
