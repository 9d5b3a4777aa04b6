import * as v from 'valibot';
import { entriesRead, type SetAside } from '#server/kit/http/setAside.ts';
import { looseList, looseText, positive, textOrNull, wholeOrNull } from '#server/kit/http/responseSchema.ts';
import {
  basicsEntries,
  Moment,
  Name,
  type Pagination,
  releaseBasics,
  type ReleaseBasics,
  PaginationSchema,
} from './schema.ts';

/** One copy on the shelf. A release owned twice is two of these with one `release.id`. */
export interface CollectionItem {
  instanceId: number;
  folderId: number;
  /** The owner's stars: 0 (none) to 5. */
  rating: number;
  /** Seconds since the epoch. */
  dateAdded: number | null;
  /** What the owner wrote into their fields, empty ones left out. Personal: never on a public page. */
  notes: { fieldId: number; value: string }[];
  release: ReleaseBasics;
}

/** A page of a list, held against what it counts. */
export interface ListPage extends Pagination {
  /** How many of the entries that this page must hold it does not. */
  leftOut: number;
}

export interface CollectionPage extends ListPage {
  copies: CollectionItem[];
  /** Entries of this page that could not be read. With any, the pass has not seen everything. */
  setAside: SetAside[];
}

export interface Want {
  rating: number;
  notes: string | null;
  dateAdded: number | null;
  release: ReleaseBasics;
}

export interface WantlistPage extends ListPage {
  wants: Want[];
  setAside: SetAside[];
}

const Rating = v.pipe(
  wholeOrNull,
  v.transform((stars) => (stars !== null && stars >= 0 && stars <= 5 ? stars : 0)),
);

/** In a collection a record needs a name to be distinguished by. */
const NamedBasics = v.pipe(v.object({ ...basicsEntries, title: Name }), v.transform(releaseBasics));

const NoteSchema = v.pipe(
  v.object({ field_id: positive, value: looseText }),
  v.transform(({ field_id, value }) => ({ fieldId: field_id, value })),
);

const ItemSchema = v.pipe(
  v.object({
    instance_id: positive,
    folder_id: v.optional(wholeOrNull),
    rating: v.optional(Rating),
    date_added: v.optional(Moment),
    notes: v.optional(looseList(NoteSchema)),
    basic_information: NamedBasics,
  }),
  v.transform((item): CollectionItem => ({
    instanceId: item.instance_id,
    folderId: item.folder_id ?? 1,
    rating: item.rating ?? 0,
    dateAdded: item.date_added ?? null,
    notes: (item.notes ?? []).filter(({ value }) => value !== ''),
    release: item.basic_information,
  })),
);

const WantSchema = v.pipe(
  v.object({
    rating: v.optional(Rating),
    notes: v.optional(textOrNull),
    date_added: v.optional(Moment),
    basic_information: NamedBasics,
  }),
  v.transform((want): Want => ({
    rating: want.rating ?? 0,
    notes: want.notes ?? null,
    dateAdded: want.date_added ?? null,
    release: want.basic_information,
  })),
);

/** Reads a copy again that was set aside; null when it still cannot be read. */
export function readCopy(raw: unknown): CollectionItem | null {
  const result = v.safeParse(ItemSchema, raw);
  return result.success ? result.output : null;
}

/** The same for an entry of the wantlist. */
export function readWant(raw: unknown): Want | null {
  const result = v.safeParse(WantSchema, raw);
  return result.success ? result.output : null;
}

export const CollectionAnswer = v.pipe(
  v.object({ pagination: PaginationSchema, releases: v.array(v.unknown()) }),
  v.transform(({ pagination, releases }): Omit<CollectionPage, 'leftOut'> => {
    const { read, aside } = entriesRead(ItemSchema, releases);
    return { ...pagination, copies: read.map(({ value }) => value), setAside: aside };
  }),
);

export const WantlistAnswer = v.pipe(
  v.object({ pagination: PaginationSchema, wants: v.array(v.unknown()) }),
  v.transform(({ pagination, wants: entries }): Omit<WantlistPage, 'leftOut'> => {
    const { read, aside } = entriesRead(WantSchema, entries);
    return { ...pagination, wants: read.map(({ value }) => value), setAside: aside };
  }),
);
