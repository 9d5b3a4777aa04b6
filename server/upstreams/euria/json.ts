import { jsonIfAny } from '#server/kit/http/responseSchema.ts';
import { type JsonObject, objectsAlong } from './nearlyJson.ts';
import { saysSomething } from './placeholders.ts';
import { fitOf, isRecord, type JsonSchema } from './jsonSchema.ts';
import { withoutDraft } from './thinking.ts';

/**
 * The JSON object in a model's answer. Even when one is asked for, some wrap it in a code fence or in a sentence, write a draft of it
 * before, or write JSON that only nearly is: with line breaks in its texts, commas too many or typographic quotes, without the last
 * brace, or as a JSON string.
 *
 * @param schema of those that say something, and then of those that fit it best, the last is given; without one, the last of all.
 * @param instructions the instructions about the form (`instructionsIn`): an object that only repeats it is an example, wherever it stands.
 * @returns its texts without the drafts in them; undefined when there is none, or it was cut off.
 */
export function objectIn(text: string, schema?: JsonSchema, instructions = ''): JsonObject | undefined {
  const quoted = unfenced(text);
  const inside = quoted.startsWith('"') ? jsonIfAny(quoted) : undefined;
  const found = bestIn(typeof inside === 'string' ? inside : text, schema, instructions);
  if (found || !schema || !/["\]}]$/.test(quoted)) return found;
  // Some stop before the last brace. What has all that it must have was not cut off in the middle of anything.
  const closed = bestIn(`${quoted}}`, schema, instructions);
  return closed && fitOf(schema, closed) === 3 ? closed : undefined;
}

/** Without the code fence around all of it. */
const unfenced = (text: string): string =>
  text
    .trim()
    .replace(/^```[a-z]*\s*/i, '')
    .replace(/```$/, '')
    .trimEnd();

function bestIn(text: string, schema: JsonSchema | undefined, instructions: string): JsonObject | undefined {
  let best: { value: JsonObject; rank: number } | undefined;
  for (const written of objectsOf(text, schema)) {
    const fit = schema ? fitOf(schema, written) : 1;
    if (fit === 0) continue;
    const value = withoutDrafts(written) as JsonObject;
    const rank = fit + (schema && saysSomething(value, instructions) ? 3 : 0);
    if (rank >= (best?.rank ?? 0)) best = { value, rank };
  }
  return best?.value;
}

/** Every text in it as a person should read it. */
function withoutDrafts(value: unknown): unknown {
  if (typeof value === 'string') return withoutDraft(value);
  if (Array.isArray(value)) return value.map(withoutDrafts);
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutDrafts(inner)]))
    : value;
}

/** Every object, and what stands in one that is only a wrapping. */
function* objectsOf(text: string, schema: JsonSchema | undefined): Generator<JsonObject> {
  for (const { value } of objectsAlong(text)) {
    if (value === undefined) continue;
    yield value;
    if (schema && fitOf(schema, value) === 0)
      yield* Object.values(value).filter((inner): inner is JsonObject => isRecord(inner) && fitOf(schema, inner) >= 2);
  }
}

/** The first half of a character whose second has not come yet. */
const FIRST_HALF = /(?:[\ud800-\udbff]|\\ud[89ab][0-9a-f]{2})$/i;

/**
 * The texts of an object that is still being written: its first members, as far as they are strings, the last one
 * perhaps unfinished. For showing text while it streams; the finished answer is read by `objectIn`.
 *
 * @param instructions as for `objectIn`: while the object that was begun last says nothing, the one before it is shown.
 */
export function textsSoFar(text: string, instructions = ''): Record<string, string> {
  let shown: Record<string, string> = {};
  let end: number | null = 0;
  for (const object of objectsAlong(text)) {
    if (end === null || object.start < end) continue;
    end = object.end;
    const texts = textsFrom(text, object.start);
    if (saysSomething(texts, instructions) || !saysSomething(shown, instructions)) shown = texts;
  }
  return shown;
}

function textsFrom(text: string, opening: number): Record<string, string> {
  const texts: Record<string, string> = {};
  const member = /[{,]\s*"([^"\\]+)"\s*:\s*"((?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-f]{4}))*)/giy;
  member.lastIndex = opening;
  for (let found = member.exec(text); found; found = member.exec(text)) {
    const [, name, written = ''] = found;
    const isFinished = member.lastIndex < text.length;
    const value = jsonIfAny(
      `"${(isFinished ? written : written.replace(FIRST_HALF, '')).replace(/[\u0000-\u001f]/g, (char) => JSON.stringify(char).slice(1, -1))}"`,
    );
    if (typeof value === 'string') texts[name!] = withoutDraft(value, isFinished);
    member.lastIndex += text[member.lastIndex] === '"' ? 1 : 0;
    while (/\s/.test(text[member.lastIndex] ?? '')) member.lastIndex += 1;
  }
  return texts;
}
