import * as v from 'valibot';
import { Count, StoredSeconds } from '../primitives/identifiers.ts';
import { defineEndpoint } from './contract.ts';
import { SERVICE_ERRORS } from './errorGroups.ts';
import { serviceTest } from './services.ts';

const TAG = 'EurIA';
const share = { used: Count, cap: Count };
/** Texts of today, by the household's calendar, of how many a day at most. */
export const EuriaUsage = v.object({
  /** What it writes by itself. */
  ...share,
  isOn: v.boolean(),
  /** When it may write by itself next, in seconds since the epoch; null while it does not: turned off, refused, or not connected. */
  next: v.nullable(StoredSeconds),
  /** What people ask for. */
  asked: v.object(share),
  /** Records that it could write about by itself, about as many texts. */
  withoutWords: v.object({ owned: Count, others: Count }),
});

export type EuriaUsage = v.InferOutput<typeof EuriaUsage>;

export const testEuria = serviceTest('testEuria', 'euria', TAG);

export const listEuriaModels = defineEndpoint({
  operationId: 'listEuriaModels',
  method: 'get',
  path: '/services/euria/models',
  errors: [...SERVICE_ERRORS, 'service-missing-scope', 'service-no-credit', 'service-wrong-address', 'model-unknown'],
  tag: TAG,
  summary: 'The models that the service lists; none while it is not connected',
  answers: { 200: v.object({ items: v.array(v.object({ name: v.string() })) }) },
});

export const getEuriaUsage = defineEndpoint({
  operationId: 'getEuriaUsage',
  method: 'get',
  path: '/services/euria/usage',
  tag: TAG,
  summary: 'How many texts it wrote by itself today, and how many people asked for; how many of each a day may be',
  answers: { 200: EuriaUsage },
});
