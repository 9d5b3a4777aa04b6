import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { asNotAllowed, FolderNotAllowed, rightsMissing } from './folderRights.ts';

const refusal = (code: string) => Object.assign(new Error(`${code}: refused`), { code });

it('a folder that this user may not write in is reported with the command that gives it the right', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aime-rights-'));
  const mappedError = asNotAllowed(refusal('EACCES'), folder) as Error;
  expect(mappedError).toBeInstanceOf(FolderNotAllowed);
  expect(mappedError.message).toContain(`AIME may not write in ${folder}. It belongs to user ${process.getuid?.()}`);
  expect(mappedError.message).toContain(`chown -R ${process.getuid?.()}:${process.getgid?.()} ${folder}`);
  expect(rightsMissing(folder)).toBeNull();
  rmSync(folder, { recursive: true });
  expect(rightsMissing(folder)).toBeNull();
});

it('another failure stays what it is', () => {
  const full = refusal('ENOSPC');
  expect(asNotAllowed(full, '/data')).toBe(full);
});
