import * as v from 'valibot';
import type { CodedError } from '#shared/errors/errorCodes.ts';
import { trimmed } from '#shared/text/blank.ts';

/** One setting: where it comes from and what it takes. */
export interface SettingDefinition {
  /** The environment's name for it; without one it is set in the app or in config/app.json only. */
  env?: string;
  schema: v.GenericSchema<unknown, unknown>;
  /** What is wrong with a value that the schema does not take; by default only that it is. */
  refusal?: CodedError;
  /** Undefined: not set until somebody does. */
  fallback?: unknown;
  /** Never shown, stored in secrets.json. */
  secret?: true;
  /** May be changed in the app. Default false: it needs a restart, or it is where the files are. */
  inApp?: true;
}

export type SettingDefinitions = Readonly<Record<string, SettingDefinition>>;

export const text = v.pipe(v.string(), v.transform(trimmed));

export const httpUrl = {
  schema: v.pipe(
    text,
    v.check((value) => /^https?:\/\/[^\s]+$/.test(value) && URL.canParse(value), 'an http or https address'),
  ),
  refusal: { code: 'setting-address' },
} as const;

/** @param min the least and @param max the most that it may be. */
export const whole = (min: number, max: number) => ({
  schema: v.pipe(
    v.union(
      [v.number(), v.pipe(v.string(), v.regex(/^\s*-?\d+\s*$/), v.transform(Number))],
      `a whole number from ${min} to ${max}`,
    ),
    v.integer(`a whole number from ${min} to ${max}`),
    v.minValue(min, `a whole number from ${min} to ${max}`),
    v.maxValue(max, `a whole number from ${min} to ${max}`),
  ),
  refusal: { code: 'setting-whole', params: { least: min, most: max } } as const,
});

/** On or off. A switch is set in the app, and a person's choice is stored there. */
export const onOrOff = v.boolean('true or false');

export const list = v.union(
  [
    v.array(text),
    v.pipe(
      v.string(),
      v.transform((value) =>
        value
          .split(',')
          .map(trimmed)
          .filter((item) => item !== ''),
      ),
    ),
  ],
  'a list of texts, or texts with commas between',
);

/**
 * Puts groups of settings together.
 * @throws Error naming a key or an environment name that two of them claim.
 */
export function settingsTogether(groups: readonly SettingDefinitions[]): SettingDefinitions {
  const together = new Map<string, SettingDefinition>();
  const variables = new Set<string>();
  for (const [key, definition] of groups.flatMap((group) => Object.entries(group))) {
    if (together.has(key)) throw new Error(`The setting ${key} is defined twice`);
    if (definition.env !== undefined && variables.has(definition.env))
      throw new Error(`Two settings are read from ${definition.env}`);
    together.set(key, definition);
    if (definition.env !== undefined) variables.add(definition.env);
  }
  return Object.fromEntries(together);
}
