import * as v from 'valibot';
import type { ArtworkCandidate } from '../../ports.ts';
import { Moment } from '#shared/primitives/moments.ts';
import { anyRecord, boundedText, looseList, record, webUrlOrNull } from '../../../kit/http/responseSchema.ts';
import { isBlank } from '#shared/text/blank.ts';

/** Pieces of Last.fm's JSON, which was XML once: everything is text, and a list of one may be its element. */

/** A name that must be there: text that is not blank, stored as it was sent unless it is longer than any name. */
export const name = v.pipe(
  v.string(),
  v.check((text) => !isBlank(text)),
  v.transform(boundedText),
);

/** A whole number, as a number or as digits. */
export const whole = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^-?\d{1,15}$/), v.transform(Number))]),
  v.safeInteger(),
);

/** An optional time: none where nothing can ever have been. */
export const moment = v.pipe(
  whole,
  v.transform((seconds) => (v.is(Moment, seconds) ? seconds : undefined)),
);

/** How many: not below zero; absent or "" when the server does not say (libre.fm omits `total`). */
export const count = v.optional(
  v.union([
    v.pipe(whole, v.minValue(0)),
    v.pipe(
      v.literal(''),
      v.transform(() => undefined),
    ),
  ]),
);

/** Text that is not needed: '' and anything that is no text is none. */
export const optionalText = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((text) => (typeof text === 'string' && !isBlank(text) ? boundedText(text) : undefined)),
  ),
);

export const optionalUrl = v.optional(
  v.pipe(
    webUrlOrNull,
    v.transform((url) => url ?? undefined),
  ),
);

const one = v.pipe(
  anyRecord,
  v.transform((element): unknown[] => [element]),
);
const none = v.pipe(
  v.literal(''),
  v.transform((): unknown[] => []),
);

/** A list that is an object when it has one element, and sometimes "" when it has none. Its entries are read one by one. */
export const list = v.union([v.array(v.unknown()), one, none]);

/** The grey star that stands for "no picture", on every artist since 2019 and on many albums. */
const STAR = '2a96cbd8b46e442fc41c2b86b821562f';

const SIZES = ['mega', 'extralarge', 'large', 'medium', 'small'];

interface SizedImage {
  size: string;
  url: string;
}

/** The pictures that are pictures: without blanks, addresses that are none, and the star. */
function pictures(entries: Record<string, unknown>[]): SizedImage[] {
  return entries.flatMap(({ size, '#text': text }) => {
    const url = v.parse(webUrlOrNull, text);
    return url === null || url.includes(STAR) ? [] : [{ size: typeof size === 'string' ? size : '', url }];
  });
}

export const images = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((value) => (value === '' ? [] : value)),
    looseList(anyRecord),
    v.transform(pictures),
  ),
  [],
);

const rank = ({ size }: SizedImage) => (SIZES.includes(size) ? SIZES.indexOf(size) : SIZES.length);

/** The largest picture's address. */
export const largest = (found: readonly SizedImage[]): string | undefined =>
  [...found].sort((a, b) => rank(a) - rank(b))[0]?.url;

/** Each picture once, the largest first, with the size that its address states (`/i/u/300x300/…`, `/i/u/174s/…`). */
export function artwork(found: readonly SizedImage[]): ArtworkCandidate[] {
  const urls = new Set([...found].sort((a, b) => rank(a) - rank(b)).map(({ url }) => url));
  return [...urls].map((url) => {
    const stated = /\/i\/u\/(\d{2,4})(?:s|x(\d{2,4}))\//.exec(url);
    if (!stated) return { url };
    const width = Number(stated[1]);
    return { url, width, height: Number(stated[2] ?? width) };
  });
}

const bareArtist = v.pipe(
  name,
  v.transform((text) => ({ name: text, mbid: undefined, url: undefined })),
);
const plainArtist = v.pipe(
  record({ '#text': name, mbid: optionalText }),
  v.transform(({ '#text': text, mbid }) => ({ name: text, mbid, url: undefined })),
);

/** `{"#text", mbid}`; with `extended=1` and elsewhere `{name, mbid, url, image}`; now and then a bare text. */
export const artist = v.union([plainArtist, record({ name, mbid: optionalText, url: optionalUrl }), bareArtist]);
