import { type ArchiveFile, ArchiveFileError } from '../api/archive.ts';
import { createHash } from 'node:crypto';
import { readFileSync, type Stats, statSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { readJson } from '#shared/text/json.ts';
import { renameDurably, writeFailure } from '../files/durableFile.ts';
import { inSlices, type Pace } from '../../kit/slices.ts';
import { ArchivedListen } from './entry.ts';

const FORMAT = 'aime-listens';
const VERSION = 1;
const NAME = /^listens-(\d{4,6}-\d{2}-\d{2})-(\d+)\.jsonl$/;
const Header = v.object({ format: v.literal(FORMAT), version: v.literal(VERSION), writtenAt: v.string() });
const Trailer = v.object({ listens: v.number(), sha256: v.string() });

/** The folder `data/archive`: JSON lines, a header first, then one listen each, at last how many and the digest of all before. */
export interface ArchiveFiles {
  list(): Promise<ArchiveFile[]>;
  has(name: string): Promise<boolean>;
  /** A name nobody has, for a file of this day. @param named files that listens are filed under, whether they are there or lost. */
  freshName(day: string, named: readonly string[]): Promise<string>;
  /**
   * Writes listens (one JSON text each) and reads them back; only when they are the same does the file get its name.
   * @throws with a message for people when the file cannot be written or reads differently; nothing is left behind then.
   */
  write(name: string, lines: readonly string[], writtenAt: string, pace: Pace): Promise<void>;
  /** The listens of a file, one JSON text each. @throws {ArchiveFileError} when it is missing, damaged or of another kind. */
  read(name: string, pace: Pace): Promise<{ lines: string[]; listens: ArchivedListen[] }>;
  /** Removes what an interrupted run left behind. */
  removeLeftovers(): Promise<void>;
}

export const isArchiveName = (name: string): boolean => NAME.test(name);

/** The names of the archive's files, in order. What has such a name and is no file (a folder, a pipe, a link to nothing) is none. */
export async function archiveNamesIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder).catch(nothingWhenMissing)).filter(isArchiveName).sort();
  const isFile = await Promise.all(names.map(async (name) => (await statOf(join(folder, name)))?.isFile() ?? false));
  return names.filter((_, index) => isFile[index]);
}

export function archiveFiles(folder: string): ArchiveFiles {
  const pathOf = (name: string) => {
    if (!isArchiveName(name))
      throw new ArchiveFileError({ code: 'unknown-archive', params: { name } }, `"${name}" is no name of an archive`);
    return join(folder, name);
  };
  const names = async () => (await readdir(folder).catch(nothingWhenMissing)).sort();

  return {
    async list() {
      const found = await archiveNamesIn(folder);
      const files = await Promise.all(
        found.map(async (name) => {
          const file = await statOf(join(folder, name));
          return file === null ? [] : [{ name, bytes: file.size, createdAt: Math.floor(file.mtimeMs / 1000) }];
        }),
      );
      return files.flat();
    },
    has: async (name) => (await archiveNamesIn(folder)).includes(name),
    async freshName(day, named) {
      const taken = [...(await names()), ...named].flatMap((name) => {
        const [, of, number] = NAME.exec(name) ?? [];
        return of === day ? [Number(number)] : [];
      });
      return `listens-${day}-${Math.max(0, ...taken) + 1}.jsonl`;
    },
    async write(name, lines, writtenAt, pace) {
      const target = pathOf(name);
      const partial = `${target}.partial`;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const digest = await writeLines(partial, lines, writtenAt, pace);
        await pace.breathe?.();
        const back = await readLines(partial, pace);
        if (
          back.digest !== digest ||
          back.lines.length !== lines.length ||
          back.lines.some((line, index) => line !== lines[index])
        ) {
          throw new Error('what was written reads differently');
        }
        await pace.breathe?.();
        await renameDurably(partial, target);
      } catch (error) {
        await rm(partial, { force: true }).catch(() => undefined);
        if (pace.signal?.aborted) throw error;
        const { reason, problem } = writeFailure(error, folder, { code: 'archive-not-written', params: { name } });
        throw new ArchiveFileError(problem, `The archive ${name} could not be written: ${reason}`, { cause: error });
      }
    },
    async read(name, pace) {
      try {
        return await readLines(pathOf(name), pace);
      } catch (error) {
        if (pace.signal?.aborted || error instanceof ArchiveFileError) throw error;
        const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
        if (missing)
          throw new ArchiveFileError({ code: 'unknown-archive', params: { name } }, undefined, { cause: error });
        throw new ArchiveFileError(
          { code: 'archive-unreadable', params: { name } },
          `The archive ${name} cannot be read: ${(error as Error).message}`,
          { cause: error },
        );
      }
    },
    async removeLeftovers() {
      for (const entry of await readdir(folder, { withFileTypes: true }).catch(nothingWhenMissing)) {
        if (!entry.isDirectory() && entry.name.endsWith('.jsonl.partial'))
          await rm(join(folder, entry.name), { force: true });
      }
    },
  };
}

/** What a name leads to; null when to nothing. */
async function statOf(path: string): Promise<Stats | null> {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ELOOP') return null;
    throw error;
  });
}

function nothingWhenMissing(error: NodeJS.ErrnoException): never[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

/** @returns the digest of everything before the last line. */
async function writeLines(path: string, lines: readonly string[], writtenAt: string, pace: Pace): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'w', 0o600);
  try {
    const write = async (text: string) => {
      hash.update(text);
      await file.writeFile(text);
    };
    await write(`${JSON.stringify({ format: FORMAT, version: VERSION, writtenAt })}\n`);
    for (let at = 0; at < lines.length; at += 200) {
      pace.signal?.throwIfAborted();
      await write(`${lines.slice(at, at + 200).join('\n')}\n`);
      await pace.breathe?.();
    }
    const sha256 = hash.digest('hex');
    await file.writeFile(`${JSON.stringify({ listens: lines.length, sha256 })}\n`);
    await file.sync();
    return sha256;
  } finally {
    await file.close();
  }
}

async function readLines(
  path: string,
  pace: Pace,
): Promise<{ lines: string[]; listens: ArchivedListen[]; digest: string }> {
  const { lines, digest } = wholeLines(await readFile(path, 'utf8'));
  const listens: ArchivedListen[] = [];
  await inSlices(lines, pace, (slice) => {
    for (const line of slice) listens.push(v.parse(ArchivedListen, json(line)));
  });
  return { lines, listens, digest };
}

/** The lines between the header and the trailer, and the digest of all before the trailer. @throws with a message for people when they are not as they were written. */
function wholeLines(text: string): { lines: string[]; digest: string } {
  const all = text.split('\n');
  if (all.length < 3 || all.at(-1) !== '') throw new Error('it was cut off');
  const [first, last] = [all[0]!, all.at(-2)!];
  if (!v.is(Header, json(first))) throw new Error('it is of another kind or of a newer AIME');
  const trailer = v.safeParse(Trailer, json(last));
  if (!trailer.success) throw new Error('it was cut off');
  const digest = createHash('sha256')
    .update(text.slice(0, -(last.length + 1)))
    .digest('hex');
  const lines = all.slice(1, -2);
  if (trailer.output.sha256 !== digest || trailer.output.listens !== lines.length)
    throw new Error('its content was changed or damaged');
  return { lines, digest };
}

/** Whether a file is an archive, and all of it as it was written. To be asked where a pause does no harm. */
export function isSoundArchive(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  try {
    wholeLines(readFileSync(path, 'utf8'));
    return true;
  } catch {
    // Cut off, changed, or not to be read at all: nothing can be brought back from it.
    return false;
  }
}

function json(line: string): unknown {
  try {
    return readJson(line);
  } catch {
    return undefined;
  }
}
