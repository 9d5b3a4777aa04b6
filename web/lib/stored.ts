import * as v from 'valibot';

/**
 * What a key of the browser's storage says. A value that was cut short or is of another shape costs itself alone.
 *
 * @param text as it is stored; null for nothing.
 * @returns undefined where there is nothing, or nothing that can be read.
 */
export function readStored<S extends v.GenericSchema>(
  schema: S,
  text: string | null | undefined,
): v.InferOutput<S> | undefined {
  if (text === null || text === undefined) return undefined;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  return parsed.success ? parsed.output : undefined;
}
