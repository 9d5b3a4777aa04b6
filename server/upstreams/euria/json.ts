import { jsonIfAny } from '#server/kit/http/wire.ts';
import { fitOf, isRecord, type JsonSchema } from './schema.ts';

type JsonObject = Record<string, unknown>;

/** Openings to no avail: a bound on the work that a hostile text can cause. */
export const MOST_TRIES = 20;
const OPENING = /\{(?=\s*["“}])/g;
const OPENS_HERE = new RegExp(OPENING, 'y');
const ESCAPED = /["\\/bfnrtu]/;
const BEFORE_THE_END = /,(?=\s*[}\]])/y;

/**
 * The JSON object in a model's answer. Even when one is asked for, some wrap it in a code fence or in a sentence, write a draft of it
 * before, or write JSON that only nearly is: with line breaks in its texts, commas too many or typographic quotes.
 *
 * @param schema of those that fit it best, the last is given; without one, the last of all.
 * @returns undefined when there is none, or it was cut off.
 */
export function objectIn(text: string, schema?: JsonSchema): JsonObject | undefined {
  let best: { value: JsonObject; fit: number } | undefined;
  for (const value of objectsOf(text, schema)) {
    const fit = schema ? fitOf(schema, value) : 1;
    if (fit > 0 && fit >= (best?.fit ?? 0)) best = { value, fit };
  }
  return best?.value;
}

/** Every object, and what stands in one that is only a wrapping. */
function* objectsOf(text: string, schema: JsonSchema | undefined): Generator<JsonObject> {
  for (const { value } of objectsAlong(text)) {
    if (value === undefined) continue;
    yield value;
    if (schema && fitOf(schema, value) === 0) yield* Object.values(value).filter((inner): inner is JsonObject => isRecord(inner) && fitOf(schema, inner) >= 2);
  }
}

interface Opened {
  start: number;
  /** Behind its last brace; null while it is not closed. */
  end: number | null;
  /** Undefined when it cannot be read. */
  value?: JsonObject;
}

/** The outermost objects one after another, and those within one that cannot be read. */
function* objectsAlong(text: string): Generator<Opened> {
  const opening = new RegExp(OPENING);
  let tries = 0;
  for (let found = opening.exec(text); found && tries < MOST_TRIES; found = opening.exec(text)) {
    const object = openedAt(text, found.index);
    if (object.value && object.end !== null) opening.lastIndex = object.end;
    else tries += 1;
    yield object;
  }
}

function openedAt(text: string, start: number): Opened {
  const closed = closedAt(text, start);
  if (!closed) return { start, end: null };
  const value = jsonIfAny(text.slice(start, closed.end)) ?? jsonIfAny(closed.repaired);
  return { start, end: closed.end, ...(isRecord(value) && { value }) };
}

/** Where the object that opens at `start` ends, repaired where it is only nearly JSON; null when none opens there, or none that can be read. */
export function objectEnd(text: string, start: number): number | null {
  OPENS_HERE.lastIndex = start;
  if (!OPENS_HERE.test(text)) return null;
  const { value, end } = openedAt(text, start);
  return value ? end : null;
}

/** Where the object that opens at `start` ends, braces inside its strings not counted, and the same in proper JSON. */
function closedAt(text: string, start: number): { end: number; repaired: string } | null {
  let repaired = '';
  let from = start;
  const put = (at: number, instead: string) => {
    repaired += text.slice(from, at) + instead;
    from = at + 1;
  };
  let depth = 0;
  let quote = '';
  for (let at = start; at < text.length; at += 1) {
    const char = text[at]!;
    if (quote !== '') {
      if (char === '\\') {
        if (ESCAPED.test(text[at + 1] ?? '"')) at += 1;
        else put(at, '');
      } else if (char === quote) {
        if (char !== '"') put(at, '"');
        quote = '';
      } else if (char === '"') put(at, '\\"');
      else if (char < ' ') put(at, JSON.stringify(char).slice(1, -1));
    } else if (char === '"') quote = '"';
    else if (char === '“') {
      put(at, '"');
      quote = '”';
    } else if (char === ',') {
      BEFORE_THE_END.lastIndex = at;
      if (BEFORE_THE_END.test(text)) put(at, '');
    } else if (char === '{') depth += 1;
    else if (char === '}' && (depth -= 1) === 0) return { end: at + 1, repaired: repaired + text.slice(from, at + 1) };
  }
  return null;
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
  const opening = lastOpening(text);
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

/** Where the object begins that is being written or was written last; -1 when none was begun. */
function lastOpening(text: string): number {
  let last: Opened = { start: -1, end: 0 };
  for (const object of objectsAlong(text)) if (last.end !== null && object.start >= last.end) last = object;
  return last.start;
}
