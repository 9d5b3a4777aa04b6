import { systemClock } from '../../kit/clock.ts';
import type { LogFields } from '../../kit/log.ts';
import { openDatabase } from '../database/database.ts';
import { rebuildIdentity } from '../derivedKeys/identity.ts';
import { migrate } from './migrate.ts';

/** Which library, and where the copy from before goes. */
export interface MigrateOrder {
  file: string;
  backupsDir: string;
}

/** What it says on its standard output, as JSON: what was done, for the log. */
export type MigrateAnswer = [event: string, fields: LogFields][];

/**
 * `node … ORDER`, an order as JSON: brings a library's file to the newest schema, and its keys to today's rules, in a process of its own, so that
 * the server answers meanwhile. Ended at any moment it leaves the file as it was before the step it was at. Where the one that began it is gone, the step
 * that is under way is its last.
 */
const { file, backupsDir } = JSON.parse(process.argv[2] ?? '{}') as MigrateOrder;
const parent = process.ppid;
const done: MigrateAnswer = [];
const note = (event: string, fields: LogFields = {}) => {
  done.push([event, fields]);
  if (process.ppid !== parent) process.exit(1);
};

const db = openDatabase(file);
try {
  const options = { backupsDir, clock: systemClock, log: { info: note, warn: note, error: note } };
  migrate(db, options);
  rebuildIdentity(db, options);
} finally {
  db.close();
}
process.stdout.write(JSON.stringify(done));
