/** What tests of the whole look at inside the library. */
export { archiveFiles } from '../archive/files.ts';
export { firstFlaw } from '../database/verifiedCopy.ts';
export { unpackBackup } from '../backup/unpack.ts';
export { isBackupName } from '../files/backupNames.ts';
export { openDatabase } from '../database/database.ts';
export { check } from '../inspect/check.ts';
export { identityOf } from '../identity/fileIdentity.ts';
export { formerMarkerPath } from '../identity/marker.ts';
export { beginEpochIn } from '../identity/restored.ts';
export { migrate, migrations, newestSchema } from '../migrations/migrate.ts';
export { migration as border } from '../migrations/0007_border.ts';
