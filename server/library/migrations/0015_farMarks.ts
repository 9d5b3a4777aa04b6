import type { Database } from '../database.ts';
import { repairFarMarks } from '../repairFarMarks.ts';

/** Where ids had come down before all that remembers them did. */
export const migration = {
  number: 15,
  name: 'far-marks',
  schema: '',
  data: (db: Database) => repairFarMarks(db),
};
