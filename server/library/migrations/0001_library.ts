import { catalogueTables } from './0001_catalogue.ts';
import { evidenceTables } from './0001_evidence.ts';
import { shelfAndStateTables } from './0001_shelfAndState.ts';

/** The whole library as it first was. */
export const migration = { number: 1, name: 'library', schema: catalogueTables + evidenceTables + shelfAndStateTables };
