import { readMeasuredJson } from '#shared/text/json.ts';
import type { JsonList } from '#shared/text/jsonSize.ts';

/** How long rows may be parsed before everybody else has a turn, in milliseconds. */
const SLICE_MS = 20;

/**
 * JSON that is parsed row by row, so that others have their turn in between: what `JSON.parse` makes of the whole text.
 *
 * @param lists where the rows stand in it, as they were measured.
 * @throws SyntaxError for what is no JSON.
 */
export async function readRows(
  bytes: Buffer,
  lists: readonly JsonList[],
  pause: () => Promise<void>,
): Promise<unknown> {
  const read: unknown[][] = [];
  let frame = '';
  let at = 0;
  let since = performance.now();
  for (const { from, commas, to } of lists) {
    if (to < 0) throw new SyntaxError('A list has no end');
    const rows: unknown[] = [];
    const ends = [...commas, to];
    let begin = from + 1;
    for (const end of ends) {
      const text = bytes.toString('utf8', begin, end);
      begin = end + 1;
      if (ends.length === 1 && text.trim() === '') break;
      rows.push(readMeasuredJson(text));
      if (performance.now() - since < SLICE_MS) continue;
      await pause();
      since = performance.now();
    }
    // In the frame its number stands for the list.
    frame += `${bytes.toString('utf8', at, from + 1)}${read.length}`;
    at = to;
    read.push(rows);
  }
  const whole = readMeasuredJson(frame + bytes.toString('utf8', at));
  const listOf = (value: unknown): unknown => (Array.isArray(value) ? read[value[0] as number] : value);
  if (Array.isArray(whole) || typeof whole !== 'object' || whole === null) return listOf(whole);
  return Object.fromEntries(Object.entries(whole).map(([name, value]) => [name, listOf(value)]));
}
