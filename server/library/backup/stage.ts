import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { readJson } from '#shared/text/json.ts';
import { isSoundArchive } from '../archive/files.ts';
import { DATABASE, databaseFacts } from './manifest.ts';
import { syncFile } from '../database/verifiedCopy.ts';
import { syncFolder } from '../../kit/syncFolder.ts';
import { moveAside } from '../inspect/foreignLog.ts';
import { Marker, markerPath, writeMarker } from '../identity/marker.ts';

/** What a restore is about to put in place; in the stage's `plan.json`. */
const StagePlan = v.object({
  /** The backup's path. */
  file: v.string(),
  configDir: v.string(),
  /** What is known beside the database from then on. */
  marker: Marker,
});
export type StagePlan = v.InferOutput<typeof StagePlan>;

const PLAN = 'plan.json';
const partialOf = (dataDir: string) => join(dataDir, 'restoring.partial');
const readyOf = (dataDir: string) => join(dataDir, 'restoring');

/**
 * A restore happens in two steps. Everything that comes is made ready in a folder beside the library; giving that folder its name
 * decides. From then on each file is moved to its place, and a process that finds the folder goes on with it: cut off anywhere,
 * the former library or the one that comes is whole.
 *
 * @returns an empty folder to make it ready in.
 */
export function beginStage(dataDir: string): string {
  discardStage(dataDir);
  mkdirSync(partialOf(dataDir), { recursive: true, mode: 0o700 });
  return partialOf(dataDir);
}

/** Throws away what was not decided yet. */
export function discardStage(dataDir: string): void {
  rmSync(partialOf(dataDir), { recursive: true, force: true });
}

/** Decides for what is in the stage, and puts it in place. */
export function commitStage(dataDir: string, plan: StagePlan): void {
  const partial = partialOf(dataDir);
  writeFileSync(join(partial, PLAN), JSON.stringify(plan), { mode: 0o600, flush: true });
  syncTree(partial);
  renameSync(partial, readyOf(dataDir));
  syncFolder(dataDir);
  finishRestore(dataDir, (message) => {
    throw new Error(message);
  });
}

/**
 * Goes on with a restore that was decided and cut off, and clears away one that was not. Whoever takes a data folder calls this
 * before the library is opened. One that cannot go on, because what it meant to do cannot be read any more, is kept as it is beside
 * the library that is there.
 *
 * @param notify is called with a message about that. @returns the backup that has taken the library's place; null when nothing was under way.
 */
export function finishRestore(dataDir: string, notify: (message: string) => void): string | null {
  discardStage(dataDir);
  const stage = readyOf(dataDir);
  if (!existsSync(stage)) return null;
  const plan = readPlan(stage);
  if (plan === null) {
    // The plan goes last: of a stage that was emptied already nothing is left but folders.
    if (!holdsFiles(stage)) rmSync(stage, { recursive: true, force: true });
    else {
      const [aside] = moveAside([stage], 'unreadable', Date.now());
      notify(
        `A restore was cut off, and what it was about to do cannot be read any more. What it had made ready is kept in ${aside}; choose the backup again to restore it.`,
      );
    }
    return null;
  }
  const { file, configDir, marker } = plan;
  const named = namedIn(join(stage, DATABASE));
  for (const name of filesIn(join(stage, 'archive')))
    placeArchive(join(stage, 'archive', name), join(dataDir, 'archive'), name, named);
  for (const name of filesIn(join(stage, 'covers'))) place(join(stage, 'covers', name), join(dataDir, 'covers', name));
  for (const [name, target] of [
    ['secrets.json', join(configDir, 'secrets.json')],
    ['roon-tokens.json', join(dataDir, 'roon-tokens.json')],
  ] as const) {
    if (existsSync(join(stage, 'secrets', name))) place(join(stage, 'secrets', name), target);
  }
  if (existsSync(join(stage, DATABASE))) {
    // A log that stayed would be read into the file that comes.
    for (const part of ['-wal', '-shm', '-journal']) rmSync(join(dataDir, DATABASE) + part, { force: true });
    place(join(stage, DATABASE), join(dataDir, DATABASE));
  }
  writeMarker(markerPath(join(dataDir, DATABASE)), marker);
  rmSync(join(stage, PLAN));
  rmSync(stage, { recursive: true, force: true });
  syncFolder(dataDir);
  return file;
}

/** @returns null when there is none that can be read. */
function readPlan(stage: string): StagePlan | null {
  try {
    const plan = v.safeParse(StagePlan, readJson(readFileSync(join(stage, PLAN), 'utf8')));
    return plan.success ? plan.output : null;
  } catch {
    // Missing, or torn.
    return null;
  }
}

const holdsFiles = (folder: string): boolean =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).some((entry) => !entry.isDirectory());

/**
 * No file of the archive is lost: of two of the same name and other content one gets a name of its own. The one that comes keeps the
 * name, unless it is damaged and the other is not.
 */
function placeArchive(from: string, folder: string, name: string, named: ReadonlySet<string>): void {
  const target = join(folder, name);
  // A folder, a pipe or a link to nothing is kept, and is no archive.
  if (!statSync(target, { throwIfNoEntry: false })?.isFile()) moveAside([target], 'in-the-way', Date.now());
  if (!existsSync(target) || readFileSync(target).equals(readFileSync(from))) return place(from, target);
  const free = join(
    folder,
    freeName(
      name,
      (each) => named.has(each) || existsSync(join(folder, each)) || existsSync(join(dirname(from), each)),
    ),
  );
  if (!isSoundArchive(from) && isSoundArchive(target)) return place(from, free);
  renameSync(target, free);
  place(from, target);
}

/** The files of the archive that the library which comes has listens filed under. */
function namedIn(database: string): ReadonlySet<string> {
  return new Set(
    existsSync(database) ? databaseFacts(database, { untouched: true }).archives.map(({ name }) => name) : [],
  );
}

/** A name of the same day that nobody has. */
function freeName(name: string, isTaken: (name: string) => boolean): string {
  const [, stem, number] = /^(listens-.*-)(\d+)\.jsonl$/.exec(name)!;
  for (let next = Number(number) + 1; ; next += 1) if (!isTaken(`${stem}${next}.jsonl`)) return `${stem}${next}.jsonl`;
}

/** Moves a file to where it belongs, durably, also onto another disk. */
function place(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    copyFileSync(from, `${to}.partial`);
    syncFile(`${to}.partial`);
    renameSync(`${to}.partial`, to);
    rmSync(from);
  }
  syncFolder(dirname(to));
}

const filesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);

function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) syncTree(join(folder, entry.name));
    else syncFile(join(folder, entry.name));
  }
  syncFolder(folder);
}
