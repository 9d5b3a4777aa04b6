import type { Database } from '../database.ts';
import { repairTexts } from '../repairTexts.ts';

/** Texts of earlier versions are made such that they can be read. */
export const migration = {
  number: 7,
  name: 'border',
  sql: '',
  before: (db: Database) => void repairTexts(db),
};
