import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { CodedFailure } from '../../kit/codedFailure.ts';
import { VERSION } from '../../version.ts';
import { copyAndCheck, syncFile } from '../database/verifiedCopy.ts';
import { archiveNamesIn, isSoundArchive } from '../archive/files.ts';
import { countUnreadableTexts } from '../textRepair/unreadableTexts.ts';
import { type BackupManifest, DATABASE, databaseFacts, MANIFEST, type PackedFile } from './manifest.ts';
import { explanation } from './readme.ts';
import { digesting, readZip, writeZip, type ZipWriter } from './zip.ts';

export interface PackOrder {
  dataDir: string;
  configDir: string;
  /** Where the backup is written; it gets its name elsewhere, once it is known to be whole. */
  target: string;
  /** Seconds since the epoch. */
  createdAt: number;
  /** Keys and tokens of other services: only when a person asked for them. */
  secrets: boolean;
  /** The covers that are cached on disk; they can be fetched again. */
  covers: boolean;
}

/** Where the secrets of a server are, and their names in a backup. */
export const secretFiles = ({
  dataDir,
  configDir,
}: Pick<PackOrder, 'dataDir' | 'configDir'>): { path: string; name: string }[] => [
  { path: join(configDir, 'secrets.json'), name: 'secrets/secrets.json' },
  { path: join(dataDir, 'roon-tokens.json'), name: 'secrets/roon-tokens.json' },
];

/**
 * Writes a backup of everything: a checked copy of the library as it was at one moment, the archive's files, a manifest that
 * counts them; then reads it back. To be run off the main thread: it works on the database without a pause.
 *
 * @throws when it cannot be written or reads differently.
 */
export async function packBackup(order: PackOrder): Promise<BackupManifest> {
  const copy = `${order.target}.copy`;
  try {
    copyAndCheck(join(order.dataDir, DATABASE), copy);
    return await packCopy(order, copy);
  } finally {
    for (const part of ['', '-journal', '-wal', '-shm']) await rm(copy + part, { force: true });
  }
}

/** The same, of a copy of the database that was made and checked already. */
export async function packCopy(order: PackOrder, copy: string): Promise<BackupManifest> {
  const { archives, ...facts } = databaseFacts(copy);
  const named = archives.map(({ name }) => name);
  const { target, createdAt, secrets, covers } = order;
  let manifest: BackupManifest | undefined;
  await writeZip(target, async (zip) => {
    const files: PackedFile[] = [];
    const add = async (packing: Promise<PackedFile | null>) => {
      const file = await packing;
      if (file !== null) files.push(file);
    };
    await add(zip.addText(explanation, 'README.txt'));
    await add(zip.addFile(copy, DATABASE));
    const { saved, damaged } = await addArchive(zip, join(order.dataDir, 'archive'), add);
    if (secrets) for (const { path, name } of secretFiles(order)) await add(zip.addFile(path, name));
    if (covers) await addCovers(zip, join(order.dataDir, 'covers'), add);
    manifest = {
      format: 'aime-backup',
      version: 1,
      createdAt,
      program: VERSION,
      ...facts,
      unreadableTexts: countUnreadableTexts(copy),
      holds: { secrets, covers },
      missing: named.filter((name) => !saved.has(name)),
      damaged: named.filter((name) => damaged.has(name)),
      files,
    };
    await zip.addText(`${JSON.stringify(manifest, null, 1)}\n`, MANIFEST);
  });
  await readBack(target, manifest!);
  syncFile(target);
  return manifest!;
}

type Add = (packing: Promise<PackedFile | null>) => Promise<void>;

/**
 * Files are named once they are whole and never removed: what the copied library names was there when it was copied. One that is
 * damaged is packed as it is, for whoever can mend it, and named as such.
 */
async function addArchive(
  zip: ZipWriter,
  folder: string,
  add: Add,
): Promise<{ saved: Set<string>; damaged: Set<string> }> {
  const names = await archiveNamesIn(folder);
  const damaged = names.filter((name) => !isSoundArchive(join(folder, name)));
  for (const name of names) await add(zip.addFile(join(folder, name), `archive/${name}`));
  return { saved: new Set(names), damaged: new Set(damaged) };
}

/** Pictures are compressed already; one that is thrown out meanwhile is left out. */
async function addCovers(zip: ZipWriter, folder: string, add: Add): Promise<void> {
  const names = (existsSync(folder) ? await readdir(folder) : []).filter((name) => COVER.test(name));
  for (const name of names) await add(zip.addFile(join(folder, name), `covers/${name}`, { compress: false }));
}

export const COVER = /^[0-9a-f]{32}-[A-Za-z0-9]+\.webp$/;

/** Reads what was written and holds every file against its digest. @throws when anything differs. */
async function readBack(target: string, { files }: BackupManifest): Promise<void> {
  const expected = new Map(files.map((file) => [file.name, file]));
  await readZip(target, async (name, content) => {
    if (name === MANIFEST) return;
    const file = expected.get(name);
    const digest = digesting();
    if (file !== undefined) await finished((await content(file.bytes)).pipe(digest.through).resume());
    if (file === undefined || digest.result().sha256 !== file.sha256)
      throw new CodedFailure(
        { code: 'copy-differs', params: { folder: dirname(target) } },
        `what was written as ${name} reads differently`,
      );
    expected.delete(name);
  });
  const [lost] = expected.keys();
  if (lost !== undefined)
    throw new CodedFailure({ code: 'copy-differs', params: { folder: dirname(target) } }, `${lost} was not written`);
}
