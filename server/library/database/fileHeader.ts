import { fstatSync, readSync, statSync } from 'node:fs';
import { openSharedDescriptor } from './sharedDescriptor.ts';

/** What the first bytes of a file say, read without opening it as a database: not even its journal mode is touched. */
export interface FileHeader {
  /** False for a folder, or what else is no file. */
  isFile: boolean;
  bytes: number;
  /** Null for what is no SQLite database. */
  sqlite: { pageSize: number; applicationId: number; userVersion: number; tables: boolean } | null;
}

const MAGIC = 'SQLite format 3\0';

/** @returns null when there is no such file. */
export function readHeader(file: string): FileHeader | null {
  const head = firstBytes(file, 108);
  if (head === null) return null;
  const { isFile, bytes, read } = head;
  if (read.length < 100 || read.toString('latin1', 0, 16) !== MAGIC) return { isFile, bytes, sqlite: null };
  const said = read.readUInt16BE(16);
  return {
    isFile,
    bytes,
    // A first page that lists nothing in its schema belongs to a database without tables.
    sqlite: {
      pageSize: said === 1 ? 65_536 : said,
      applicationId: read.readUInt32BE(68),
      userVersion: read.readUInt32BE(60),
      tables: read.length >= 105 && read.readUInt16BE(103) > 0,
    },
  };
}

export interface LogHeader {
  pageSize: number;
  salts: [number, number];
}

/** The header of the write-ahead log beside a database. @returns null when there is none or nothing in it; `unreadable` for what is none. */
export function readLogHeader(file: string): LogHeader | 'unreadable' | null {
  const head = firstBytes(`${file}-wal`, 32);
  if (head === null || (head.isFile && head.bytes === 0)) return null;
  const { read } = head;
  if (read.length < 32 || (read.readUInt32BE(0) & 0xff_ff_ff_fe) >>> 0 !== 0x37_7f_06_82) return 'unreadable';
  return { pageSize: read.readUInt32BE(8), salts: [read.readUInt32BE(16), read.readUInt32BE(20)] };
}

/** True when a file holds any of these texts in its first megabytes. */
export function fileHolds(file: string, texts: readonly string[]): boolean {
  const read = firstBytes(file, 32 * 1024 * 1024)?.read;
  return read !== undefined && texts.some((text) => read.includes(text));
}

function firstBytes(file: string, count: number): { isFile: boolean; bytes: number; read: Buffer } | null {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return null;
  // Whoever opens what is neither file nor folder may wait for ever.
  if (!found.isFile()) return { isFile: false, bytes: 0, read: Buffer.alloc(0) };
  const { descriptor, letGo } = openSharedDescriptor(file);
  try {
    const { size } = fstatSync(descriptor);
    const read = Buffer.alloc(Math.min(count, size));
    const length = readSync(descriptor, read, 0, read.length, 0);
    return { isFile: true, bytes: size, read: read.subarray(0, length) };
  } finally {
    letGo();
  }
}
