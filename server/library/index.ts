/**
 * What of the library may be called from outside: opening it, and what is done with its files while it is closed. Its types are in
 * `api/`; nothing else of this folder is imported from elsewhere.
 */
export { openLibrary } from './openLibrary.ts';

// Its folder, and who holds it.
export { DataFolder } from './dataFolder.ts';
export { DataFolderInUse, holdDataFolder, LOOK_MS } from './dataLock.ts';
export { FolderNotAllowed, rightsMissing } from './folderRights.ts';
export { letGoOfDatabases } from './letGo.ts';

// Its file, before it is opened.
export { unavailability } from './database.ts';
export { inspect, type Inspection } from './inspect/index.ts';
export { moveAside } from './inspect/foreignLog.ts';
export { LibraryFileError } from './migrate.ts';
export { migrateInProcess, needsMigration } from './migrateProcess.ts';

// The marker beside it, which says whose it is and which ids it has given.
export { believed, higher } from './lives/givenIds.ts';
export { expectAnotherFile, type Marker, markerPath, readMarker, writeMarker } from './lives/marker.ts';

// Backups of it, and bringing one back.
export { copyAndCheck } from './backup.ts';
export { listBackups } from './backup/listing.ts';
export { backupName } from './backupNames.ts';
export { restoreBackup, verifyBackup } from './backupRestore.ts';
export { openBackups } from './backups.ts';
export { backupPath, restorePlan } from './restorePlan.ts';
export { restoreInProcess } from './restoreProcess.ts';
