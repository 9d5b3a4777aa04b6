import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile as ZipReader } from 'yauzl';
import { ZipFile } from 'yazl';
import type { PackedFile } from './manifest.ts';

/** Adds files to a zip one after another. */
export interface ZipWriter {
  /** @returns null when there is no such file (any more), or something that is none, as a folder or a pipe. */
  addFile(path: string, name: string, options?: { compress?: boolean }): Promise<PackedFile | null>;
  addText(text: string, name: string): Promise<PackedFile>;
}

const MODE = 0o100600;

/**
 * Writes a zip file for the owner's eyes alone, as streams: no file is ever whole in memory.
 *
 * @throws what `fill` throws, or what the disk says; a part of the file is left then.
 */
export async function writeZip(target: string, fill: (zip: ZipWriter) => Promise<void>): Promise<void> {
  const zip = new ZipFile();
  const written = pipeline(zip.outputStream, createWriteStream(target, { mode: 0o600 }));
  const failed = new Promise<never>((_, reject) => {
    zip.on('error', reject);
    written.catch(reject);
  });
  failed.catch(() => undefined);

  const add = async (content: Readable, name: string, compress: boolean): Promise<PackedFile> => {
    const digest = digesting();
    const passed = pipeline(content, digest.through);
    zip.addReadStream(digest.through, name, { mode: MODE, compress });
    await Promise.race([passed, failed]);
    return { name, ...digest.result() };
  };
  const writer: ZipWriter = {
    async addFile(path, name, { compress = true } = {}) {
      // Opening a pipe that nobody writes to would wait for ever.
      const found = await stat(path).catch(nullWhenMissing);
      const file = found?.isFile() ? await open(path, 'r').catch(nullWhenMissing) : null;
      return file === null ? null : add(file.createReadStream(), name, compress);
    },
    addText: (text, name) => add(Readable.from([Buffer.from(text)]), name, true),
  };
  try {
    await fill(writer);
    zip.end();
    await Promise.race([written, failed]);
  } catch (error) {
    (zip.outputStream as Readable).destroy();
    await written.catch(() => undefined);
    throw error;
  }
}

/** The files of a zip, in the order they were written. @throws when it is no whole zip file. */
export async function readZip(
  path: string,
  each: (name: string, content: (limit: number) => Promise<Readable>, bytes: number) => Promise<void>,
): Promise<void> {
  await withZip(path, async (zip) => {
    for await (const entry of zip.eachEntry())
      await each(entry.fileName, (limit) => contentOf(zip, entry, limit), entry.uncompressedSize);
  });
}

/** One small file out of a zip, as text; null when it has none of this name. @param limit the most bytes it may have. */
export async function readFromZip(path: string, name: string, limit: number): Promise<string | null> {
  return withZip(path, async (zip) => {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== name) continue;
      const chunks: Buffer[] = [];
      for await (const chunk of await contentOf(zip, entry, limit)) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString('utf8');
    }
    return null;
  });
}

async function withZip<T>(path: string, work: (zip: ZipReader) => Promise<T>): Promise<T> {
  const zip = await openPromise(path, {
    lazyEntries: true,
    autoClose: false,
    validateEntrySizes: true,
    strictFileNames: true,
  });
  try {
    return await work(zip);
  } finally {
    zip.close();
  }
}

async function contentOf(zip: ZipReader, entry: Entry, limit: number): Promise<Readable> {
  if (entry.uncompressedSize > limit) throw new Error(`${entry.fileName} is larger than it may be`);
  return zip.openReadStreamPromise(entry);
}

/** A stream that lets everything pass and knows its digest and length in the end. */
export function digesting(): { through: Transform; result: () => Pick<PackedFile, 'bytes' | 'sha256'> } {
  const hash: Hash = createHash('sha256');
  let bytes = 0;
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  return { through, result: () => ({ bytes, sha256: hash.digest('hex') }) };
}

function nullWhenMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ELOOP') return null;
  throw error;
}
