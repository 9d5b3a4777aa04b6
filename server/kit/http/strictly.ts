import * as v from 'valibot';

type Schema = v.GenericSchema;

/**
 * The schema in which no object may hold a name that it does not know, however deep: a name that is misspelt, or of another version, is
 * refused and not passed over. What is loose by its own schema, and records, stay as they are.
 *
 * @throws for a kind of schema that it does not know how to look into: one is added here, not passed over.
 */
export function strictly<S extends Schema>(schema: S): S {
  return remade(schema) as S;
}

/** Kinds that hold no names of their own. */
const LEAVES = [
  'string',
  'number',
  'boolean',
  'literal',
  'picklist',
  'unknown',
  'any',
  'null',
  'undefined',
  'bigint',
  'custom',
  'record',
  'loose_object',
  'date',
];

function remade(schema: Schema): Schema {
  const { type } = schema;
  if (LEAVES.includes(type)) return schema;
  const part = schema as unknown as Parts;
  const base = baseOf(type, part);
  // What follows in a pipe is done to what was read, and knows no names.
  return part.pipe === undefined
    ? base
    : (v.pipe as unknown as (...steps: unknown[]) => Schema)(base, ...part.pipe.slice(1));
}

/** What the kinds of schemas are made of, as far as they have it. */
interface Parts {
  entries: Record<string, Schema>;
  item: Schema;
  wrapped: Schema;
  default: undefined;
  options: readonly Schema[];
  key: string;
  message: undefined;
  pipe?: readonly unknown[];
}

function baseOf(type: string, { entries, item, wrapped, default: fallback, options, key, message }: Parts): Schema {
  switch (type) {
    case 'object':
    case 'strict_object':
      return v.strictObject(
        Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, remade(entry)])),
        message,
      );
    case 'array':
      return v.array(remade(item), message);
    case 'optional':
      return v.optional(remade(wrapped), fallback);
    case 'exact_optional':
      return v.exactOptional(remade(wrapped), fallback as never);
    case 'nullable':
      return v.nullable(remade(wrapped), fallback);
    case 'nullish':
      return v.nullish(remade(wrapped), fallback);
    case 'union':
      return v.union(options.map(remade), message);
    case 'variant':
      return v.variant(key, options.map(remade) as unknown as v.VariantOptions<string>, message);
    default:
      throw new Error(`A request's body cannot be a ${type}: strictly() does not know it`);
  }
}
