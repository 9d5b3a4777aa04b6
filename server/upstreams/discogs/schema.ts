import * as v from 'valibot';
import {
  looseList,
  looseText,
  positive,
  positiveOrNull,
  requiredList,
  textOrNull,
  webUrlOrNull,
  wholeOrNull,
} from '#server/kit/http/responseSchema.ts';
import { Moment as PossibleMoment } from '#shared/primitives/moments.ts';
import { distinctNames } from '#shared/matching/distinct.ts';
import { displayName } from '#shared/matching/identity.ts';
import { Artists, creditLine, type CreditedArtist } from './artists.ts';
import { type Format, supportOf } from './formats.ts';

/** What a list of releases says of each: collection, wantlist and release page share it. */
export interface ReleaseBasics {
  id: number;
  masterId: number | null;
  title: string;
  /** Of this pressing; the original year is the master's. Null when Discogs says 0. */
  year: number | null;
  artists: CreditedArtist[];
  /** The whole credit in one line. */
  credit: string;
  labels: { name: string; catno: string | null }[];
  formats: Format[];
  support: string | null;
  genres: string[];
  styles: string[];
  coverUrl: string | null;
  thumbUrl: string | null;
}

export interface Pagination {
  page: number;
  pages: number;
  /** How many entries all pages hold together. */
  items: number;
}

/** Discogs' picture of no picture is none. Without credentials the addresses are empty. */
export const Picture = v.pipe(
  webUrlOrNull,
  v.transform((url) => (url === null || /\/spacer\.gif(?:$|[?#])/i.test(url) ? null : url)),
);

/** Discogs writes 0 for a year it does not know. */
export const Year = v.pipe(
  wholeOrNull,
  v.transform((year) => (year !== null && year >= 1000 && year <= 9999 ? year : null)),
);

export const Name = v.pipe(looseText, v.nonEmpty());

const FormatSchema = v.pipe(
  v.object({
    name: Name,
    qty: v.optional(positiveOrNull),
    descriptions: v.optional(looseList(Name)),
    text: v.optional(textOrNull),
  }),
  v.transform(({ name, qty, descriptions, text }): Format => ({
    name,
    qty: qty ?? 1,
    descriptions: distinctNames(descriptions ?? []),
    text: text ?? null,
  })),
);

/** A catalogue number; Discogs writes "none" where the label has none. */
export const CatalogueNumber = v.pipe(
  textOrNull,
  v.transform((catno) => (catno?.toLowerCase() === 'none' ? null : catno)),
);

const LabelSchema = v.pipe(
  v.object({ name: Name, catno: v.optional(CatalogueNumber) }),
  v.transform(({ name, catno }) => ({ name: displayName(name), catno: catno ?? null })),
);

/** The fields that `basic_information` and a whole release have alike. */
export const basicsEntries = {
  id: positive,
  master_id: v.optional(positiveOrNull),
  title: looseText,
  year: v.optional(Year),
  artists: v.optional(Artists),
  labels: v.optional(looseList(LabelSchema)),
  formats: v.optional(looseList(FormatSchema)),
  genres: v.optional(looseList(Name)),
  styles: v.optional(looseList(Name)),
  cover_image: v.optional(Picture),
  thumb: v.optional(Picture),
};

/** A label comes again where it has another number. */
const labelsOnce = (labels: ReleaseBasics['labels']): ReleaseBasics['labels'] => [
  ...new Map(labels.map((label) => [JSON.stringify(label), label])).values(),
];

export function releaseBasics(raw: v.InferOutput<v.ObjectSchema<typeof basicsEntries, undefined>>): ReleaseBasics {
  const artists = raw.artists ?? [];
  const formats = raw.formats ?? [];
  return {
    id: raw.id,
    masterId: raw.master_id ?? null,
    title: raw.title,
    year: raw.year ?? null,
    artists,
    credit: creditLine(artists),
    labels: labelsOnce(raw.labels ?? []),
    formats,
    support: supportOf(formats),
    genres: distinctNames(raw.genres ?? []),
    styles: distinctNames(raw.styles ?? []),
    coverUrl: raw.cover_image ?? null,
    thumbUrl: raw.thumb ?? null,
  };
}

/** Seconds since the epoch from an ISO date with an offset ("2015-11-30T10:54:13-08:00"); null when unreadable, or when nothing can ever have been. */
export const Moment = v.pipe(
  looseText,
  v.transform((text) => {
    const ms = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
    const seconds = Math.floor(ms / 1000);
    return v.is(PossibleMoment, seconds) ? seconds : null;
  }),
);

export const PaginationSchema = v.pipe(
  v.object({
    page: positive,
    pages: v.pipe(
      wholeOrNull,
      v.check((pages) => pages !== null && pages >= 0),
    ),
    items: v.pipe(
      wholeOrNull,
      v.check((items) => items !== null && items >= 0),
    ),
  }),
  v.transform(({ page, pages, items }): Pagination => ({ page, pages: Number(pages), items: Number(items) })),
);

export const Identity = v.object({ id: positive, username: Name });

export const Folders = v.object({
  folders: requiredList(
    v.pipe(
      v.object({ id: v.pipe(wholeOrNull, v.number()), name: Name, count: v.optional(wholeOrNull) }),
      v.transform(({ id, name, count }) => ({ id, name, count: count ?? 0 })),
    ),
  ),
});

export const Fields = v.object({
  fields: requiredList(
    v.pipe(
      v.object({
        id: positive,
        name: Name,
        position: v.optional(wholeOrNull),
        type: v.optional(looseText),
        options: v.optional(looseList(Name)),
        public: v.optional(v.unknown()),
      }),
      v.transform((field) => ({
        id: field.id,
        name: field.name,
        position: field.position ?? field.id,
        type: field.type ?? '',
        options: field.options ?? [],
        public: field.public === true,
      })),
    ),
  ),
});

/** The sentence that Discogs puts into an answer that is an error. */
export const Complaint = v.object({ message: v.pipe(looseText, v.nonEmpty()) });
