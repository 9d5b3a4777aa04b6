import { toJsonSchema, toJsonSchemaDefs } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { schemas } from '#shared/api/schemas.ts';

/** A JSON Schema, as far as it is looked into here. */
export interface JsonSchema {
  $ref?: string;
  type?: string;
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly JsonSchema[];
  allOf?: readonly JsonSchema[];
  items?: JsonSchema | readonly JsonSchema[];
  prefixItems?: readonly JsonSchema[];
  properties?: Readonly<Record<string, JsonSchema>>;
  additionalProperties?: JsonSchema | boolean;
  required?: readonly string[];
  description?: string;
  pattern?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

const COMPONENTS = '#/components/schemas/';
const common = {
  errorMode: 'ignore',
  target: 'draft-2020-12',
  overrideRef: ({ referenceId }: { referenceId: string }) => COMPONENTS + referenceId,
} as const;

/** What of a document is a schema: integers have bounds, if no narrower ones those of what JavaScript and SQL hold exactly. */
function bounded<T>(part: T): T {
  if (Array.isArray(part)) return part.map(bounded) as T;
  if (typeof part !== 'object' || part === null) return part;
  const { $schema: _, $defs: __, ...schema } = part as Record<string, unknown>;
  const within = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, bounded(value)]));
  const bounds = { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };
  return (schema['type'] === 'integer' ? { ...bounds, ...within } : within) as T;
}

/** What may be sent. */
export const inputSchema = (schema: v.GenericSchema): JsonSchema =>
  bounded(toJsonSchema(schema, { ...common, typeMode: 'input' }) as JsonSchema);

/** What is answered; schemas that have a name stand by it. */
export const answerSchema = (schema: v.GenericSchema): JsonSchema =>
  bounded(toJsonSchema(schema, { ...common, typeMode: 'output', definitions: schemas }) as JsonSchema);

/** The schemas that `part` of a document names, and those that these name, by their names. */
export function componentsOf(part: unknown): Record<string, JsonSchema> {
  const all = toJsonSchemaDefs(schemas, { ...common, typeMode: 'output' }) as Record<string, JsonSchema>;
  const found: Record<string, JsonSchema> = {};
  const look = (text: string): void => {
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (all[name] === undefined || found[name] !== undefined) continue;
      found[name] = bounded(all[name]);
      look(JSON.stringify(all[name]));
    }
  };
  look(JSON.stringify(part));
  return Object.fromEntries(Object.entries(found).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** A parameter of a path or a query: whole numbers, which travel as text there, as the integers they are. */
export function parameterSchema(schema: v.GenericSchema): JsonSchema {
  const integer = integerOf(schema);
  return integer ? { ...integer, ...fallbackOf(schema, Number) } : inputSchema(schema);
}

const fallbackOf = (schema: v.GenericSchema, read: (text: string) => unknown) =>
  'default' in schema && typeof schema.default === 'string' ? { default: read(schema.default) } : {};

function integerOf(schema: v.GenericSchema): JsonSchema | null {
  if ('wrapped' in schema) return integerOf(schema.wrapped as v.GenericSchema);
  const { minimum, maximum } = v.getMetadata(schema);
  if (typeof minimum === 'number' && typeof maximum === 'number') return { type: 'integer', minimum, maximum };
  if ('pipe' in schema) {
    const [first] = schema.pipe as [v.GenericSchema];
    return first === schema || !('pipe' in first) ? null : integerOf(first);
  }
  if (schema.type !== 'picklist') return null;
  const numbers = (schema as v.PicklistSchema<string[], undefined>).options.map(Number);
  if (!numbers.every(Number.isInteger)) return null;
  return { type: 'integer', enum: numbers, minimum: Math.min(...numbers), maximum: Math.max(...numbers) };
}
