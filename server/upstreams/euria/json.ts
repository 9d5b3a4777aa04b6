import { jsonIfAny } from '#server/kit/http/wire.ts';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Opening braces to begin at: a bound on the work that a hostile text can cause. */
const MOST_TRIES = 20;

/**
 * The JSON object in a model's answer. Even when one is asked for, some wrap it in a code fence or in a sentence.
 * @returns undefined when there is none, or it was cut off.
 */
export function objectIn(text: string): Record<string, unknown> | undefined {
  const whole = jsonIfAny(text);
  if (isObject(whole)) return whole;
  let start = text.indexOf('{');
  for (let tries = 0; start !== -1 && tries < MOST_TRIES; tries += 1, start = text.indexOf('{', start + 1)) {
    const end = closingBrace(text, start);
    if (end === -1) continue;
    const found = jsonIfAny(text.slice(start, end + 1));
    if (isObject(found)) return found;
    start = end;
  }
  return undefined;
}

/** Where the object that opens at `start` closes, braces inside its strings not counted; -1 when it does not. */
function closingBrace(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{') depth += 1;
    else if (char === '}' && (depth -= 1) === 0) return at;
  }
  return -1;
}

/** The first half of a character whose second has not come yet. */
const FIRST_HALF = /(?:[\ud800-\udbff]|\\ud[89ab][0-9a-f]{2})$/i;

/**
 * The texts of an object that is still being written: its first members, as far as they are strings, the last one
 * perhaps unfinished. For showing words while they stream; the finished answer is read by `objectIn`.
 */
export function textsSoFar(text: string): Record<string, string> {
  const texts: Record<string, string> = {};
  const member = /[{,]\s*"([^"\\]+)"\s*:\s*"((?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-f]{4}))*)/giy;
  const opening = text.indexOf('{');
  if (opening === -1) return texts;
  member.lastIndex = opening;
  for (let found = member.exec(text); found; found = member.exec(text)) {
    const [, name, written = ''] = found;
    const finished = member.lastIndex < text.length ? written : written.replace(FIRST_HALF, '');
    const value = jsonIfAny(`"${finished.replace(/[\u0000-\u001f]/g, (char) => JSON.stringify(char).slice(1, -1))}"`);
    if (typeof value === 'string') texts[name!] = value;
    member.lastIndex += text[member.lastIndex] === '"' ? 1 : 0;
    while (/\s/.test(text[member.lastIndex] ?? '')) member.lastIndex += 1;
  }
  return texts;
}
