import * as collection from './collection.ts';
import type { Endpoint } from './contract.ts';
import * as history from './history.ts';
import * as search from './search.ts';

const areas = { collection, history, search };

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'operationId' in value && 'answers' in value;

/** Every operation there is, under the name it is exported by. */
export const endpoints: Readonly<Record<string, Endpoint>> = Object.fromEntries(
  Object.values(areas).flatMap((area) => Object.entries(area).filter((each) => isEndpoint(each[1]))),
);
