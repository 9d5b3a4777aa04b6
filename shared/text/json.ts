import { JsonSize } from './jsonSize.ts';
import { wellFormedValue } from './wellFormed.ts';

/** Nesting beyond this is no document of anybody's; what walks a value may rely on it. */
export const DEEPEST = 64;

/** What only an escape can bring into JSON, and what stands in the text itself. */
const UNFIT = /\\(?:[bfr]|u(?:00[01]|[dD][89a-fA-F]))|\p{Cs}/u;

/**
 * JSON from outside, every text within it well-formed.
 *
 * @throws SyntaxError for what is no JSON, and for values nested deeper than 64.
 */
export function readJson(text: string): unknown {
  const excess = new JsonSize({ depth: DEEPEST, values: Infinity, names: Infinity }).add(
    new TextEncoder().encode(text),
  );
  if (excess !== null) throw new SyntaxError(`The JSON is nested deeper than ${DEEPEST}`);
  return readMeasuredJson(text);
}

/** `readJson` for a text of which it is known how deep it is. @throws SyntaxError for what is no JSON. */
export function readMeasuredJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return UNFIT.test(text) ? wellFormedValue(value) : value;
}
