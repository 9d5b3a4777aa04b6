import type { Database } from '../database/database.ts';
import { repairIds } from '../idRepair/repairIds.ts';

/** A device's word could raise the ids beyond what the journal holds: they come back into the bound, with all that names them. */
export const migration = {
  number: 13,
  name: 'far-ids',
  schema: '',
  data: (db: Database) => repairIds(db),
};
