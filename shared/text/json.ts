import { wellFormedValue } from './wellFormed.ts';

/** Nesting beyond this is no document of anybody's; what walks a value may rely on it. */
const DEEPEST = 64;

/** What only an escape can bring into JSON, and what stands in the text itself. */
const UNFIT = /\\(?:[bfr]|u(?:00[01]|[dD][89a-fA-F]))|\p{Cs}/u;

/**
 * JSON from outside, every text within it well-formed.
 *
 * @throws SyntaxError for what is no JSON, and for values nested deeper than 64.
 */
export function readJson(text: string): unknown {
  if (isDeeperThan(text, DEEPEST)) throw new SyntaxError(`The JSON is nested deeper than ${DEEPEST}`);
  const value: unknown = JSON.parse(text);
  return UNFIT.test(text) ? wellFormedValue(value) : value;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function isDeeperThan(text: string, most: number): boolean {
  let depth = 0;
  let within = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) within = !within;
    else if (within) at += Number(code === BACKSLASH);
    else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > most) return true;
    } else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
  return false;
}
