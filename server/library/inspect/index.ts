import { dirname } from 'node:path';
import type { Clock } from '../../kit/clock.ts';
import type { Log } from '../../kit/log.ts';
import { check } from './check.ts';
import { hasForeignLog, moveAside } from './foreignLog.ts';
import { type FormerLife, formerLife } from './formerLife.ts';
import { readHeader, readLogHeader } from '../database/fileHeader.ts';
import { type Found, isFresh, look } from './place.ts';

export type Inspection = Found & {
  former: FormerLife;
  /** Texts in it are not UTF-8, and are to be mended when it is opened. */
  unreadableTexts: boolean;
};

/**
 * Looks at what is in a library's place before it is opened: by bytes first, then whether its log is its own, then whether it is sound.
 * A log that is another database's is moved aside; nothing else is changed.
 */
export async function inspect(file: string, { clock, log }: { clock: Clock; log: Log }): Promise<Inspection> {
  const former = formerLife(file, dirname(file));
  const found = await lookWithLog(file, former);
  if (found.state !== 'library') return { ...found, former, unreadableTexts: false };
  if (await hasForeignLog(file, former.marker)) {
    const aside = moveAside([`${file}-wal`, `${file}-shm`], 'foreign', clock.now());
    log.error('library.foreign-log', {
      why: 'the write-ahead log beside the library is of another database, and was not applied',
      aside,
    });
  }
  // Its indexes too: a row that one of them misses is not found, and recorded again. What takes too long is looked at less closely.
  const answer = (await check(file, 'whole')) ?? (await check(file, 'quick'));
  if (answer === null) log.warn('library.not-checked', { file, why: 'checking it takes too long' });
  const sound = { ...found, former, unreadableTexts: answer?.unreadableTexts ?? false };
  if (answer?.busy) log.warn('library.not-checked', { file, why: answer.flaw });
  if (answer === null || answer.busy) return sound;
  const flaw =
    answer.flaw ??
    (answer.isLibrary || isFreshFile(file) ? null : 'it bears AIME’s mark, and holds none of its tables');
  return flaw === null
    ? sound
    : {
        state: 'recovery',
        reason: 'damaged',
        message: `The library's file ${file} is damaged: ${flaw}.`,
        former,
        unreadableTexts: false,
      };
}

/** A small library may lie wholly in its own log, beside a file with nothing in it yet: where the two together are a library, it is no empty one. */
async function lookWithLog(file: string, former: FormerLife): Promise<Found> {
  const found = look(file, former);
  if (found.state !== 'recovery' || found.reason !== 'empty' || !isFreshFile(file) || readLogHeader(file) === null)
    return found;
  return !(await hasForeignLog(file, former.marker)) && (await check(file, 'quick'))?.life
    ? { state: 'library' }
    : found;
}

function isFreshFile(file: string): boolean {
  const { sqlite } = readHeader(file) ?? {};
  return sqlite != null && isFresh(sqlite);
}
