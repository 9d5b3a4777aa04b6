import { numberOf } from '../catalogue/inventedRecords.ts';
import { haiku, isSoundtrack, summary, type PromptContext } from './generatedText.ts';

type Schema = Record<string, unknown>;

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const schemas = (value: unknown): Schema[] => (Array.isArray(value) ? value.filter(isSchema) : []);

/**
 * Something that fits a JSON schema, the same for the same prompt: texts by their member's name, numbers at their lower
 * bound, as many entries as a list wants at least (or three of those it may choose from), each another.
 */
export function fill(schema: Schema, name: string, context: PromptContext): unknown {
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][numberOf(context.prompt + name) % schema['enum'].length];
  const choices = schemas(schema['anyOf'] ?? schema['oneOf']);
  if (choices.length > 0) return chosen(choices, name, context);
  const types = [schema['type']].flat();
  if (types.includes('null') && leavesEmpty(name, context)) return null;
  switch (types.find((type) => type !== 'null')) {
    case 'object':
      return filledObject(schema, context);
    case 'array':
      return filledList(schema, name, context);
    case 'integer':
    case 'number':
      return /year|annee|année/i.test(name) ? (context.record?.year ?? 1975) : Number(schema['minimum'] ?? 0);
    case 'boolean':
      return false;
    case 'string':
      return text(name, context);
    default:
      return null;
  }
}

/** A film, and whatever else only some albums have. */
const leavesEmpty = (name: string, context: PromptContext): boolean => name !== 'film' || !isSoundtrack(context);

function chosen(choices: Schema[], name: string, context: PromptContext): unknown {
  const mayBeNull = choices.some(({ type }) => type === 'null');
  const others = choices.filter(({ type }) => type !== 'null');
  return mayBeNull && leavesEmpty(name, context) ? null : fill(others[0] ?? {}, name, context);
}

function filledObject(schema: Schema, context: PromptContext): Record<string, unknown> {
  const properties = isSchema(schema['properties']) ? schema['properties'] : {};
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [
      name,
      fill(isSchema(property) ? property : {}, name, context),
    ]),
  );
}

function filledList(schema: Schema, name: string, context: PromptContext): unknown[] {
  const items = isSchema(schema['items']) ? schema['items'] : {};
  if (Array.isArray(items['enum'])) return items['enum'].slice(0, Math.max(3, Number(schema['minItems'] ?? 0)));
  const entry = (place: number): PromptContext =>
    place === 0 ? context : { ...context, prompt: `${context.prompt} ${place}` };
  return Array.from({ length: Number(schema['minItems'] ?? 1) }, (_, place) => fill(items, name, entry(place)));
}

function text(name: string, context: PromptContext): string {
  if (/ha[iï]ku|poem/i.test(name)) return haiku(context);
  if (/summary|resume|résumé|description/i.test(name)) return summary(context);
  if (/director|realisateur/i.test(name)) return 'Inès Vautier';
  if (/title|name|titre|nom/i.test(name)) return context.record?.title ?? 'Night Crossings';
  return context.language === 'fr' ? 'Quelques mots.' : 'A few words.';
}
