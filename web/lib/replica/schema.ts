import type { RxJsonSchema } from 'rxdb/plugins/core';
import type * as v from 'valibot';

/** A document's schema in shared/: an object whose `id` is its key. */
export type DocumentSchema = v.GenericSchema & { readonly entries: v.ObjectEntries };

interface Property {
  type?: string | string[];
  maxLength?: number;
}

/** Longest key where a schema's `id` states no bound of its own. */
const KEY_LENGTH = 64;

/**
 * RxDB's schema of a document, drawn from its valibot schema. Only the outermost level is spelt out: what lies deeper is
 * validated where it enters the server, and RxDB does not need it.
 *
 * @param version raised whenever the shape changes, see `versions.ts`.
 */
export function toRxSchema<T>(schema: DocumentSchema, version: number): RxJsonSchema<T> {
  const properties: Record<string, Property> = {};
  const required: string[] = [];
  for (const [name, entry] of Object.entries(schema.entries)) {
    properties[name] = propertyOf(entry);
    if (entry.type !== 'optional') required.push(name);
  }
  properties.id = { type: 'string', maxLength: maxLengthOf(schema.entries.id) };
  return { version, primaryKey: 'id', type: 'object', properties, required } as unknown as RxJsonSchema<T>;
}

const TYPES: Record<string, string> = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  array: 'array',
  tuple: 'array',
  object: 'object',
  record: 'object',
  variant: 'object',
};

function propertyOf(schema: v.ObjectEntries[string]): Property {
  const { type: kind }: { type: string } = schema;
  if ('wrapped' in schema) {
    const inner = propertyOf(schema.wrapped);
    return kind === 'nullable' && typeof inner.type === 'string' ? { type: [inner.type, 'null'] } : inner;
  }
  if (kind === 'literal' || kind === 'picklist') return { type: 'string' };
  const type = TYPES[kind];
  return type === undefined ? {} : { type };
}

function maxLengthOf(key: v.ObjectEntries[string] | undefined): number {
  const steps =
    key && 'pipe' in key && Array.isArray(key.pipe) ? (key.pipe as { type: string; requirement?: unknown }[]) : [];
  const bound = steps.find((step) => step.type === 'max_length')?.requirement;
  return typeof bound === 'number' ? bound : KEY_LENGTH;
}
