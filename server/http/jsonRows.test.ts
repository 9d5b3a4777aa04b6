import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJson } from '#shared/text/json.ts';
import { JsonSize } from '#shared/text/jsonSize.ts';
import { readRows } from './jsonRows.ts';

const whole = (text: string): unknown => {
  try {
    return readJson(text);
  } catch {
    return 'no JSON';
  }
};

async function inRows(text: string, piece: number): Promise<unknown> {
  const bytes = Buffer.from(text);
  const size = new JsonSize({ depth: 64, values: Infinity, names: Infinity, rows: Infinity });
  for (let at = 0; at < bytes.length; at += piece) size.add(bytes.subarray(at, at + piece));
  return readRows(bytes, size.lists, () => Promise.resolve()).catch(() => 'no JSON');
}

const rows = fc.array(fc.jsonValue({ maxDepth: 3 }));
const spaced = fc.constantFrom(undefined, 1);

test('read in rows is what parsing the whole gives, however its bytes come', async () => {
  const body = fc.oneof(
    rows,
    fc.record({ documents: rows, epoch: fc.string() }),
    fc.dictionary(fc.string(), fc.jsonValue()),
    fc.jsonValue(),
  );
  await fc.assert(
    fc.asyncProperty(body, spaced, fc.integer({ min: 1, max: 40 }), async (value, space, piece) => {
      const text = JSON.stringify(value, null, space);
      expect(await inRows(text, piece)).toEqual(whole(text));
    }),
  );
});

test('what is no JSON is none in rows either', async () => {
  const spoilt = fc.tuple(
    fc.oneof(rows, fc.record({ documents: rows, epoch: fc.string() })),
    fc.nat(),
    fc.constantFrom('', ',', '[', ']', '{', '}', '"', ':', '1', ' ', '\\'),
    fc.nat(2),
  );
  await fc.assert(
    fc.asyncProperty(spoilt, async ([value, place, put, gone]) => {
      const text = JSON.stringify(value);
      const at = place % (text.length + 1);
      const wrong = text.slice(0, at) + put + text.slice(at + gone);
      expect(await inRows(wrong, 7)).toEqual(whole(wrong));
    }),
    {
      numRuns: 1_000,
      examples: [[[[1, 2], 5, ',', 0]], [[[], 1, ',', 0]], [[[1], 2, '}', 1]], [[[1], 3, ' 1', 0]]] as never,
    },
  );
});
