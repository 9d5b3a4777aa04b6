/** What tests of the whole look at inside the library. */
export { archiveFiles } from '../archive/files.ts';
export { firstFlaw } from '../backup.ts';
export { unpackBackup } from '../backup/unpack.ts';
export { isBackupName } from '../backupNames.ts';
export { openDatabase } from '../database.ts';
export { check } from '../inspect/check.ts';
export { identityOf } from '../lives/fileIdentity.ts';
export { formerMarkerPath } from '../lives/marker.ts';
export { beginLifeIn } from '../lives/restored.ts';
export { migrate, migrations, newestSchema } from '../migrate.ts';
export { migration as border } from '../migrations/0007_border.ts';
