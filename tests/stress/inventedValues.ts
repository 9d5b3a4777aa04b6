import type { SeededChance } from '#tests/simulators/catalogue/random.ts';

/** The part of JSON Schema that AIME's reference uses. */
export interface JsonSchema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  minimum?: number;
  maximum?: number;
  minItems?: number;
  format?: string;
  pattern?: string;
}

/** What no field should ever have to bear. */
export const POISONS: readonly unknown[] = [
  'half \ud83d',
  '\ude00',
  'nul \0 within',
  ' ',
  '',
  '\u200b\u3164',
  '\u202eright \u2066to left',
  'e'.concat('\u0301'.repeat(2_000)),
  '<script>',
  "'; DROP TABLE albums; --",
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  1e308,
  253_402_214_400,
  null,
  true,
  [],
  {},
  [[[]]],
  { __proto__: 1 },
  ['\ud83d'],
];
export const LARGE = 'x'.repeat(1_000_000);

const HEX = '0123456789abcdef';
const uuid = (chance: SeededChance): string =>
  'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replaceAll('x', () => HEX[chance.whole(0, 15)]!);

/** No invented value names an id beyond this one. */
export const HIGHEST_NAMED = 50;

/** A value that fits a schema, more or less: what a client that read the reference would send. */
export function invented(schema: JsonSchema, chance: SeededChance, depth = 0): unknown {
  const one = schema.anyOf ?? schema.oneOf;
  if (one) return invented(chance.one(one), chance, depth);
  if ('const' in schema) return schema.const;
  if (schema.enum) return chance.one(schema.enum);
  const type = Array.isArray(schema.type) ? chance.one(schema.type) : schema.type;
  if (type === 'boolean') return chance.happens(0.5);
  if (type === 'null') return null;
  if (type === 'integer' || type === 'number') {
    const least = Math.max(schema.minimum ?? 0, 0);
    return chance.whole(least, Math.min(schema.maximum ?? Infinity, least + HIGHEST_NAMED));
  }
  if (type === 'array') {
    const length = Math.max(schema.minItems ?? 0, depth > 5 ? 0 : chance.whole(0, 3));
    return Array.from({ length }, () => invented(schema.items ?? {}, chance, depth + 1));
  }
  if (type === 'object') {
    const wanted = Object.entries(schema.properties ?? {}).filter(
      ([name]) => schema.required?.includes(name) || chance.happens(0.5),
    );
    return Object.fromEntries(wanted.map(([name, property]) => [name, invented(property, chance, depth + 1)]));
  }
  if (schema.format === 'uuid') return uuid(chance);
  if (schema.pattern?.includes('d')) return String(chance.whole(1, 30));
  return chance.one(['1', String(chance.whole(1, HIGHEST_NAMED)), 'a word', 'Été 夜', '2026-01-05', uuid(chance)]);
}

/** Every way to put `poison` in the place of one part of a value. */
export function poisoned(value: unknown, poison: unknown): unknown[] {
  if (Array.isArray(value)) {
    const list: unknown[] = value;
    return [poison, ...list.flatMap((item, at) => poisoned(item, poison).map((bad) => list.with(at, bad)))];
  }
  if (typeof value !== 'object' || value === null) return [poison];
  return [
    poison,
    ...Object.entries(value).flatMap(([name, item]) =>
      poisoned(item, poison).map((bad) => ({ ...value, [name]: bad })),
    ),
  ];
}
