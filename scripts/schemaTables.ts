import type { JsonSchema } from '#server/http/jsonSchemas.ts';

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const isSmall = ({ properties }: JsonSchema) => properties !== undefined && Object.keys(properties).length === 0;

/** The type in words; a schema with a name leads to its shape. */
export function typeOf(schema: JsonSchema): string {
  const { $ref, type, anyOf, allOf, items, prefixItems, additionalProperties } = schema;
  if ($ref !== undefined) {
    const name = $ref.replace('#/components/schemas/', '');
    return `[${name}](#${name.toLowerCase()})`;
  }
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(', ');
  if (anyOf !== undefined) return [...new Set(anyOf.map(typeOf))].join(' or ');
  if (allOf !== undefined) return [...new Set(allOf.map(typeOf))].join(' and ');
  if (prefixItems !== undefined) return `list of ${prefixItems.map(typeOf).join(', ')}`;
  if (type === 'array')
    return `list of ${items === undefined || Array.isArray(items) ? 'anything' : typeOf(items as JsonSchema)}`;
  if (type === 'object' && typeof additionalProperties === 'object' && !isSmall(additionalProperties))
    return `object of ${typeOf(additionalProperties)} by name`;
  return type ?? 'anything';
}

const isWide = (bound: number | undefined) => bound === undefined || Math.abs(bound) === Number.MAX_SAFE_INTEGER;

/** How small and how large it may be, in words. */
export function limitsOf(schema: JsonSchema): string {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, pattern, anyOf = [], description } = schema;
  const between = (least: number | undefined, most: number | undefined, what: string) => {
    if (isWide(least) && isWide(most)) return [];
    if (isWide(most)) return [`from ${least}${what}`];
    return [isWide(least) ? `to ${most}${what}` : `${least} to ${most}${what}`];
  };
  const own = [
    ...(schema.enum === undefined ? between(minimum, maximum, '') : []),
    ...between(minLength, maxLength, ' letters'),
    ...between(minItems, maxItems, ' items'),
    ...(pattern === undefined ? [] : [`\`${pattern}\``]),
    ...(description === undefined ? [] : [description]),
  ];
  return [...new Set([...own, ...anyOf.map(limitsOf).filter((limits) => limits !== '')])].join('; ');
}

/** What it is where nothing is given; nothing for what must be given. */
export const defaultOf = (schema: JsonSchema, required: boolean): string =>
  schema.default === undefined ? (required ? 'required' : '') : `\`${JSON.stringify(schema.default)}\``;

/** The objects within that have no name: their fields stand below the field. */
function innerOf(schema: JsonSchema): { at: string; schema: JsonSchema } | null {
  if (schema.properties !== undefined) return { at: '', schema };
  if (schema.type === 'array' && schema.items !== undefined && !Array.isArray(schema.items)) {
    const inner = innerOf(schema.items as JsonSchema);
    return inner && { ...inner, at: `[]${inner.at}` };
  }
  const objects = (schema.anyOf ?? []).flatMap((each) => innerOf(each) ?? []);
  return objects.length === 1 ? objects[0]! : null;
}

/** What is sent has defaults; what is answered is there or not. */
type Direction = 'sent' | 'answered';
const requirementOf = (field: JsonSchema, isRequired: boolean, direction: Direction): string =>
  direction === 'sent' ? defaultOf(field, isRequired) : isRequired ? '' : 'not always there';

function rowsOf(schema: JsonSchema, before: string, direction: Direction): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const isRequired = schema.required?.includes(name) ?? false;
    const row = [`\`${before}${name}\``, typeOf(field), limitsOf(field), requirementOf(field, isRequired, direction)];
    const inner = innerOf(field);
    return [row, ...(inner === null ? [] : rowsOf(inner.schema, `${before}${name}${inner.at}.`, direction))];
  });
}

/** The fields of an object, those of objects within it below theirs; a line for what is no object. */
export function fieldTable(schema: JsonSchema, direction: Direction): string {
  const inner = innerOf(schema);
  const rows = inner === null ? [] : rowsOf(inner.schema, inner.at === '' ? '' : `${inner.at}.`, direction);
  if (rows.length > 0) return table(['Field', 'Type', 'Limits', direction === 'sent' ? 'Default' : 'Presence'], rows);
  const limits = limitsOf(schema);
  return `${typeOf(schema)}${limits === '' ? '' : ` (${limits})`}.`;
}
