import type { Database } from '../database/database.ts';
import { lowerWatermarks } from '../idRepair/repairWatermarks.ts';

/** Where ids had come down before all that remembers them did. */
export const migration = {
  number: 15,
  name: 'far-marks',
  schema: '',
  data: (db: Database) => lowerWatermarks(db),
};
