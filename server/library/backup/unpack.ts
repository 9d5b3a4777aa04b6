import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as v from 'valibot';
import { CodedFailure } from '../../kit/codedFailure.ts';
import { isArchiveName } from '../archive/files.ts';
import {
  type BackupManifest,
  BackupManifest as ManifestSchema,
  DATABASE,
  databaseFacts,
  MANIFEST,
} from './manifest.ts';
import { COVER } from './pack.ts';
import { digesting, readFromZip, readZip } from './zip.ts';

const MANIFEST_LIMIT = 64 * 1024 * 1024;

/** Whether this file of a backup has a place in a data folder; anything else in it is checked and left where it is. */
const isWanted = (name: string): boolean => {
  const [folder, file, ...more] = name.split('/');
  if (more.length > 0) return false;
  if (file === undefined) return name === DATABASE;
  return (
    (folder === 'archive' && isArchiveName(file)) ||
    (folder === 'covers' && COVER.test(file)) ||
    name === 'secrets/secrets.json' ||
    name === 'secrets/roon-tokens.json'
  );
};

/** What a newer AIME may have written, of which nothing more is known. */
const OfLaterVersion = v.object({ format: ManifestSchema.entries.format, version: v.pipe(v.number(), v.minValue(2)) });

/** The manifest of a backup, read without the rest. @throws with a message for people when the file is no backup of AIME's, or one of a newer AIME. */
export async function readManifest(file: string): Promise<BackupManifest> {
  const text = await readFromZip(file, MANIFEST, MANIFEST_LIMIT);
  if (text === null) throw new CodedFailure({ code: 'backup-foreign' }, 'it is a zip file, but no backup of AIME’s');
  const said = JSON.parse(text) as unknown;
  const parsed = v.safeParse(ManifestSchema, said);
  if (parsed.success) return parsed.output;
  throw new CodedFailure(
    { code: v.is(OfLaterVersion, said) ? 'backup-newer' : 'backup-foreign' },
    'its manifest is of another kind or of a newer AIME',
  );
}

/**
 * Unpacks a backup into a folder and checks every file against the manifest, and the database's counts too.
 *
 * @throws with a message for people when anything is missing, damaged or more than the manifest says.
 */
export async function unpackBackup(file: string, folder: string): Promise<BackupManifest> {
  const manifest = await readManifest(file);
  const expected = new Map(manifest.files.map((packed) => [packed.name, packed]));
  await readZip(file, async (name, content) => {
    if (name === MANIFEST) return;
    const packed = expected.get(name);
    if (packed === undefined) throw new Error(`${name} is in it, and not in its manifest`);
    expected.delete(name);
    const digest = digesting();
    const path = join(folder, name);
    if (isWanted(name)) await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    // Nothing may be awaited between opening a stream and reading it: what it meets meanwhile would be nobody's error.
    const stream = await content(packed.bytes);
    if (isWanted(name)) await pipeline(stream, digest.through, createWriteStream(path, { mode: 0o600, flush: true }));
    else await pipeline(stream, digest.through.resume());
    if (digest.result().sha256 !== packed.sha256) throw new Error(`${name} in it is damaged`);
  });
  const [missing] = expected.keys();
  if (missing !== undefined) throw new Error(`${missing} is missing in it`);
  const { counts } = databaseFacts(join(folder, DATABASE));
  if (JSON.stringify(counts) !== JSON.stringify(manifest.counts))
    throw new Error('its library does not hold what its manifest counts');
  return manifest;
}
