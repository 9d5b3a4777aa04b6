import { jsonIfAny } from '#server/kit/http/responseSchema.ts';
import { isRecord } from './jsonSchema.ts';

export type JsonObject = Record<string, unknown>;

/** Openings to no avail: a bound on the work that a hostile text can cause. */
export const MOST_TRIES = 20;
const OPENING = /\{(?=\s*["“}])/g;
const OPENS_HERE = new RegExp(OPENING, 'y');
const ESCAPED = /["\\/bfnrtu]/;
const BEFORE_THE_END = /,(?=\s*[}\]])/y;

export interface Opened {
  start: number;
  /** Behind its last brace; null while it is not closed. */
  end: number | null;
  /** Undefined when it cannot be read. */
  value?: JsonObject;
}

/** The outermost objects one after another, and those within one that cannot be read. */
export function* objectsAlong(text: string): Generator<Opened> {
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
