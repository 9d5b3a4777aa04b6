/**
 * What of the library may be called from outside: opening it, and what is done with its files while it is closed. Its types are in
 * `api/`; nothing else of this folder is imported from elsewhere.
 */
export { openLibrary } from './openLibrary.ts';

// Its folder, and who holds it.
export { DataFolder } from './dataFolder/dataFolder.ts';
export { DataFolderInUse, holdDataFolder, LOOK_MS } from './dataFolder/dataLock.ts';
export { FolderNotAllowed, rightsMissing } from './files/folderRights.ts';
export { untilDatabasesClosed } from './database/untilDatabasesClosed.ts';

// Its file, before it is opened.
export { unavailability } from './database/database.ts';
export { inspect, type Inspection } from './inspect/index.ts';
export { moveAside } from './inspect/foreignLog.ts';
export { LibraryFileError } from './migrations/migrate.ts';
export { migrateInProcess, needsMigration } from './migrations/migrateProcess.ts';

// The marker beside it, which says whose it is and which ids it has given.
export { plausibleIds, higher } from './identity/highestIds.ts';
export { expectAnotherFile, type Marker, markerPath, readMarker, writeMarker } from './identity/marker.ts';

// Backups of it, and bringing one back.
export { copyAndCheck } from './database/verifiedCopy.ts';
export { listBackups } from './backup/listing.ts';
export { backupName } from './files/backupNames.ts';
export { restoreBackup, verifyBackup } from './backup/restore.ts';
export { openBackups } from './backup/backups.ts';
export { backupPath, restorePlan } from './backup/restorePlan.ts';
export { restoreInProcess } from './backup/restoreProcess.ts';
