import { listedArtists } from './credits.ts';
import { LONGEST_NAME } from './memo.ts';
import type { Version } from './versions.ts';
import { readVersion } from './versions.ts';

/** A parsed title: its name, who is credited in it, and the remarks on the version. */
export interface PlainTitle {
  core: string;
  featured: string[];
  versions: Version[];
}

/** Each closing bracket with its opening one. */
const OPENING = new Map(
  ['()', '[]', '{}', '（）', '【】', '「」', '〈〉', '~~'].map(([open = '', close = '']) => [close, open]),
);
const FEATURED_REMARK = /^(?:feat(?:\.|uring)?|ft\.?|with|w\/|avec|mit|con|prod\.?(?: by)?|produced by)\s+(.+)$/iu;
const FEATURED_INLINE = /^(.*\S)\s+(?:feat(?:\.|uring)?|ft\.)\s+([^([]+)$/iu;
/** A dash of any length between spaces, or a slash that some sources put there. */
const DASHED = /^(.*\S)\s+(?:[-‐‑‒–—―]|\/{1,2})\s+(\S.*)$/u;
/** Remarks that are plain enough without bracket or dash. */
const TRAILING_REMARK =
  /^(.*?\S)\s+((?:\d{4} )?(?:remaster(?:ed)?(?: \d{4})?|en vivo|ao vivo|radio edit|ost|original (?:motion picture )?soundtrack))$/iu;

/** The number or side that some sources put before a title: "3. ", "A2) ", "01 - ". */
export const NUMBERED_BEFORE = /^(?:\d{1,2}|[a-d]\d)\s*[.)-]\s+(?=\S)|^\d{2}\s+-\s+/iu;
/** No remark is without one of these; most titles have none, and are spared the patterns above. */
const SIGN_OF_REMARK = /[)\]}）】」〉~/‐‑‒–—―-]|feat|ft|remaster|vivo|edit|ost|soundtrack/iu;

/**
 * Separates the name of a track or an album from "(Remastered 2011)", "- Live at …", "[Deluxe Edition]", "(feat. X)".
 * Brackets that are part of the name ("(I Can't Get No) Satisfaction", "(Part 2)") stay in it, and a name is never
 * taken away whole: "(Live)" is called "(Live)". A title longer than any real one is left as it is.
 */
export function normalizeTitle(title: string): PlainTitle {
  const plain: PlainTitle = { core: title.trim(), featured: [], versions: [] };
  if (title.length <= LONGEST_NAME && SIGN_OF_REMARK.test(title)) while (takeRemark(plain));
  plain.featured = [...new Set(plain.featured)];
  return plain;
}

/** Takes the last remark off the name, if there is one. */
function takeRemark(plain: PlainTitle): boolean {
  const bracket = lastBracket(plain.core);
  if (bracket !== undefined && keep(plain, bracket.before, bracket.inside)) return true;
  const featured = FEATURED_INLINE.exec(plain.core);
  if (featured?.[1] !== undefined && featured[2] !== undefined) {
    plain.core = featured[1];
    plain.featured.unshift(...listedArtists(featured[2]));
    return true;
  }
  const tail = DASHED.exec(plain.core) ?? TRAILING_REMARK.exec(plain.core);
  return tail?.[1] !== undefined && tail[2] !== undefined && keep(plain, tail[1], tail[2]);
}

/** Notes a remark that stood behind `before`; false when it is part of the name. */
function keep(plain: PlainTitle, before: string, remark: string): boolean {
  if (before.trim() === '') return false;
  const featured = FEATURED_REMARK.exec(remark)?.[1];
  const parts = remark.split(/\s*[/,;]\s*|\s+-\s+/u).filter((part) => !/^(?:\d{4})?$/u.test(part));
  const versions = (parts.length > 0 ? readAll(parts) : undefined) ?? readAll([remark]);
  if (featured !== undefined && (versions === undefined || !/^with /iu.test(remark))) {
    plain.featured.unshift(...listedArtists(featured));
  } else if (versions !== undefined) {
    plain.versions.unshift(...versions);
  } else {
    return false;
  }
  plain.core = before.trim();
  return true;
}

function readAll(parts: string[]): Version[] | undefined {
  const versions = parts.map(readVersion);
  return versions.every((version) => version !== undefined) ? versions : undefined;
}

/** The bracket that closes the text, with what stands before it; undefined when the text does not end in one. */
function lastBracket(text: string): { before: string; inside: string } | undefined {
  const closing = text.at(-1) ?? '';
  const opening = OPENING.get(closing);
  if (opening === undefined || text.length < 3) return undefined;
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at -= 1) {
    const char = text[at];
    if (char === closing && (closing !== opening || at === text.length - 1)) depth += 1;
    else if (char === opening) depth -= 1;
    if (depth === 0) return { before: text.slice(0, at), inside: text.slice(at + 1, -1).trim() };
  }
  return undefined;
}
