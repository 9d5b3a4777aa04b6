import * as v from 'valibot';
import { Problem } from '#shared/errors/errors.ts';
import { readJson } from '#shared/text/json.ts';

const Stored = v.strictObject({ message: v.string(), ...Problem.entries });

/** An error as it is stored in one column: its code, and the original message. */
export const storedProblem = ({ code, params }: Problem, message: string): string =>
  JSON.stringify({ message, code, params } satisfies v.InferInput<typeof Stored>);

/** Reads that column. What was written before there were codes is the original alone. */
export function readProblem(text: string | null): { message: string | null; problem: Problem | null } {
  const stored = text?.startsWith('{') ? v.safeParse(Stored, jsonOf(text)) : null;
  if (!stored?.success) return { message: text, problem: null };
  const { message, code, params } = stored.output;
  return { message, problem: { code, ...(params && { params }) } };
}

function jsonOf(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return null;
  }
}
