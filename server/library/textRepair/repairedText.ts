import { isUtf8 } from 'node:buffer';
import { readJson } from '#shared/text/json.ts';
import { wellFormed } from '#shared/text/wellFormed.ts';

/** What only a program writes, and what says nothing when a letter of it is missing: UUIDs, and moments and months. */
const WRITTEN_BY_PROGRAM =
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?::\d+)?$|^\d{4}-\d{2}(?:[-.]\d+)?(?:T[\d:.]+Z)?$/;
const JSON_BEGINS = /^\s*[[{"]/;
/** Half of a surrogate pair, as earlier versions of AIME wrote it. */
const HALVES = /\xed[\xa0-\xbf][\x80-\xbf]/g;

/**
 * What a stored text becomes that cannot stay as it is: what is no character becomes U+FFFD, in JSON the escapes of such too.
 *
 * A disk that flips a bit makes a byte above 127 of a plain letter. That letter is put back where it is sure which text it belongs
 * to: one that a program wrote, JSON that is none otherwise, and one that other rows have.
 *
 * @param isKnown whether another row has this text in the same column.
 */
export function repairedText(bytes: Buffer, isKnown: (text: string) => boolean): string {
  const text = fit(bytes);
  if (isUtf8(bytes)) return text;
  const unflipped = fit(Buffer.from(withoutHighBits(bytes), 'latin1'));
  if (WRITTEN_BY_PROGRAM.test(unflipped) || isKnown(unflipped)) return unflipped;
  return JSON_BEGINS.test(unflipped) && !isJson(text) && isJson(unflipped) ? unflipped : text;
}

function fit(bytes: Buffer): string {
  const text = wellFormed(
    Buffer.from(bytes.toString('latin1').replaceAll(HALVES, '\xef\xbf\xbd'), 'latin1').toString('utf8'),
  );
  if (!JSON_BEGINS.test(text)) return text;
  try {
    return JSON.stringify(readJson(text));
  } catch {
    return text;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The bytes as Latin-1, those that belong to no character without their highest bit. Characters stay. */
function withoutHighBits(bytes: Buffer): string {
  let mended = '';
  for (let at = 0; at < bytes.length;) {
    const length = [1, 2, 3, 4].find((count) => at + count <= bytes.length && isUtf8(bytes.subarray(at, at + count)));
    mended += length === undefined ? String.fromCharCode(bytes[at]! & 0x7f) : bytes.toString('latin1', at, at + length);
    at += length ?? 1;
  }
  return mended;
}
