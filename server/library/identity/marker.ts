import type { Ancestor } from '../api/libraryIdentity.ts';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import * as v from 'valibot';
import { Count, StoredSeconds } from '#shared/primitives/identifiers.ts';
import { syncFolder } from '../../kit/syncFolder.ts';
import { type FileIdentity, identityOf, isAnotherFile } from './fileIdentity.ts';
import { beyond, clipped, higher, possible, WIDE_GAP } from './highestIds.ts';

const Ids = v.record(v.pipe(v.string(), v.regex(/^[a-z_]{1,40}$/)), Count);

const AncestorSchema: v.GenericSchema<unknown, Ancestor> = v.object({
  epoch: v.string(),
  parent: v.nullable(v.string()),
  cause: v.string(),
  common: v.pipe(Ids, v.transform(clipped)),
  begunAt: StoredSeconds,
});

/** In twelve digits, as the file says it: see opening.ts. */
const Commits = v.pipe(Count, v.maxValue(999_999_999_999));

/** See {@link FileIdentity}. */
const BornMs = v.optional(v.nullable(v.number()), null);

export const Marker = v.object({
  format: v.literal(1),
  libraryId: v.string(),
  epoch: v.string(),
  lastSeq: Count,
  /** A mark that no library comes to is somebody's slip: it is not known then what was given. */
  highestIds: v.pipe(Ids, v.transform(possible)),
  counts: v.object({ listens: Count, albums: Count }),
  /** Seconds since the epoch. */
  writtenAt: StoredSeconds,
  /** The token that the database was given when it was last opened; null after a restore, until it is opened. */
  opening: v.nullable(v.string()),
  /** The commits that the library had come to, and how many of them were in the database's file itself; what is between is in its log. */
  commits: v.fallback(v.object({ made: Commits, inFile: Commits }), { made: 0, inFile: 0 }),
  /** The salts of the database's write-ahead log, by which it is distinguished from another's; null while nothing was written. */
  log: v.nullable(v.tuple([Count, Count])),
  /** The database's file as it was then; only what its log held comes into it meanwhile. */
  file: v.nullable(v.object({ inode: v.number(), bornMs: BornMs, bytes: v.number(), changedMs: v.number() })),
  /** The marker's own file: by it a marker that was put back is distinguished from the one that was written last. Null in one from before that was stored. */
  self: v.optional(v.nullable(v.object({ inode: v.number(), bornMs: BornMs })), null),
  /** Another file was open in this place since: whatever the file says, its next opening begins a new life. */
  exchanged: v.optional(v.literal(true)),
  /** The database's last lives, newest first. */
  lives: v.array(AncestorSchema),
});

/**
 * What is known of a library beside its database, in `library.json`: whose it is, how far it came, and which ids it has given. By it a
 * lost, emptied, exchanged or older database is distinguished from a new one, and no id is ever given twice.
 */
export type Marker = v.InferOutput<typeof Marker>;

/** Written in whole blocks, so that the next one fits where this one is. */
const BLOCK = 4096;

/** Where the marker of a library's file is. */
export const markerPath = (file: string): string =>
  basename(file) === 'musique.db' ? join(dirname(file), 'library.json') : `${file}.library.json`;

/** The one before the last that was written durably: for when a power cut tore the last. */
export const formerMarkerPath = (path: string): string => `${path}.former`;

/**
 * What a copy says was given is the least: more was given after it was made, nobody knows how much, so its ids are far beyond what it says.
 *
 * @returns null when there is none that can be read.
 */
export function readMarker(path: string): Marker | null {
  const found = foundMarker(path);
  if (found === null) return null;
  return found.isCopy ? { ...found.marker, highestIds: beyond(found.marker.highestIds, WIDE_GAP) } : found.marker;
}

/** True when the marker is not the file that was written last, but one that was put in its place: the folder went back, or came from elsewhere. */
export const isCopiedMarker = (path: string): boolean => foundMarker(path)?.isCopy ?? false;

function foundMarker(path: string): { marker: Marker; isCopy: boolean } | null {
  for (const each of [path, formerMarkerPath(path)]) {
    const marker = parsedMarker(each);
    if (marker !== null) return { marker, isCopy: marker.self !== null && isAnotherFile(marker.self, each) };
  }
  return null;
}

/** AIME itself puts another file in the library's place, which is not to be taken for an exchange. */
export function expectAnotherFile(path: string): void {
  const known = readMarker(path);
  if (known !== null) writeMarker(path, { ...known, file: null });
}

/**
 * Another file than the one that was open is in the place, and the marker there may be that one's own: its next opening begins a new
 * life, in which no id is given again that was given meanwhile. @param left what the library said last that was open.
 */
export function expectNewEpoch(path: string, left: Marker): void {
  // Where nothing is known of the file, what is stored of the one that is left must not be compared with its log.
  const found = readMarker(path) ?? { ...left, commits: { made: 0, inFile: 0 }, log: null, file: null };
  const given = found.libraryId === left.libraryId ? left.highestIds : {};
  writeMarker(path, { ...found, highestIds: higher(found.highestIds, given), exchanged: true });
}

function parsedMarker(path: string): Marker | null {
  if (!existsSync(path)) return null;
  try {
    const { sum, ...said } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    if (sum !== undefined && sum !== crc32(JSON.stringify(said))) return null;
    const marker = v.safeParse(Marker, said);
    return marker.success ? marker.output : null;
  } catch {
    // Torn or foreign: what it said is not known.
    return null;
  }
}

function textOf(marker: Marker): Buffer {
  const text = JSON.stringify({ ...marker, sum: crc32(JSON.stringify(marker)) });
  const bytes = Buffer.byteLength(text) + 1;
  return Buffer.from(`${text}${' '.repeat(Math.ceil(bytes / BLOCK) * BLOCK - bytes)}\n`);
}

/** Writes it so that it survives a power cut: the former or this one is whole at any moment. */
export function writeMarker(path: string, marker: Marker): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(writeMarkerOpen(path, marker).descriptor);
}

/** A marker that is open for being written again. */
export interface OpenMarker {
  descriptor: number;
  size: number;
  self: FileIdentity;
}

/** The same, for going on writing it. A folder that is not there is not made. */
export function writeMarkerOpen(path: string, marker: Marker): OpenMarker {
  const descriptor = openSync(`${path}.new`, 'w', 0o600);
  try {
    const self = identityOf(`${path}.new`, descriptor)!;
    const text = textOf({ ...marker, self });
    writeSync(descriptor, text);
    fsyncSync(descriptor);
    keepPrevious(path);
    renameSync(`${path}.new`, path);
    syncFolder(dirname(path));
    return { descriptor, size: text.length, self };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** Writes it in the place of the last: the system has it, whatever becomes of this process. @returns false when it does not fit. */
export function overwriteMarker({ descriptor, size, self }: OpenMarker, marker: Marker): boolean {
  const text = textOf({ ...marker, self });
  if (text.length !== size) return false;
  writeSync(descriptor, text, 0, size, 0);
  return true;
}

function keepPrevious(path: string): void {
  if (parsedMarker(path) === null) return;
  const former = formerMarkerPath(path);
  rmSync(former, { force: true });
  try {
    linkSync(path, former);
  } catch {
    // A disk without hard links: there is the last one only.
  }
}
