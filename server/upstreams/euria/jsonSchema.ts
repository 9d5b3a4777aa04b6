/** A JSON schema: of its words those that are used here are `type`, `properties`, `required`, `items`, `anyOf` and `enum`. */
export type JsonSchema = Record<string, unknown>;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const recordOf = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/**
 * How well an object fits a schema, for choosing among several: 3 wholly, 2 when it has all that is required, 1 when it has any member
 * that the schema names, 0 when it is about something else.
 */
export function fitOf(schema: JsonSchema, value: Record<string, unknown>): 0 | 1 | 2 | 3 {
  const names = Object.keys(recordOf(schema['properties']));
  if (names.length > 0 && !names.some((name) => Object.hasOwn(value, name))) return 0;
  if (!listOf(schema['required']).every((name) => Object.hasOwn(value, String(name)))) return 1;
  return fits(schema, value) ? 3 : 2;
}

function fits(schema: unknown, value: unknown): boolean {
  if (!isRecord(schema)) return true;
  const { type, anyOf, properties, required, items } = schema;
  if (Array.isArray(anyOf) && !anyOf.some((one) => fits(one, value))) return false;
  if (Array.isArray(schema['enum']) && !schema['enum'].includes(value)) return false;
  if (type !== undefined && !(Array.isArray(type) ? type : [type]).some((one) => isOfType(one, value))) return false;
  if (Array.isArray(value)) return value.every((each) => fits(items, each));
  if (!isRecord(value)) return true;
  return (
    listOf(required).every((name) => Object.hasOwn(value, String(name))) &&
    Object.entries(recordOf(properties)).every(
      ([name, inner]) => !Object.hasOwn(value, name) || fits(inner, value[name]),
    )
  );
}

function isOfType(type: unknown, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isRecord(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}
