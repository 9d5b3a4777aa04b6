import * as v from 'valibot';
import {
  looseList,
  looseText,
  plainText,
  positive,
  positiveOrNull,
  requiredList,
  textOrNull,
  webUrlOrNull,
} from '#server/kit/http/responseSchema.ts';
import type { FoundOnDiscogs } from '#shared/api/discogs.ts';
import { distinctNames } from '#shared/matching/distinct.ts';
import { Artists, creditLine, type CreditedArtist } from './artists.ts';
import { Tracklist, type TracklistEntry } from './tracklist.ts';
import { basicsEntries, CatalogueNumber, Name, Picture, releaseBasics, type ReleaseBasics, Year } from './schema.ts';

export interface DiscogsImage {
  type: 'primary' | 'secondary';
  url: string;
  /** 150 pixels wide. */
  thumbUrl: string | null;
  width: number | null;
  height: number | null;
}

/** A release page: one pressing with all that is printed on it. */
export interface Release extends ReleaseBasics {
  tracklist: TracklistEntry[];
  images: DiscogsImage[];
  /** As Discogs writes it, perhaps in part: "1992", "1992-03-00", "1992-03-15". */
  released: string | null;
  country: string | null;
  /** Digits only. */
  barcodes: string[];
  /** The page a person can open. */
  url: string | null;
}

/** What the pressings of an album have in common. */
export interface Master {
  id: number;
  mainReleaseId: number | null;
  title: string;
  /** The year it first came out; null when Discogs does not know. */
  year: number | null;
  artists: CreditedArtist[];
  credit: string;
  tracklist: TracklistEntry[];
  images: DiscogsImage[];
  genres: string[];
  styles: string[];
}

const digits = (text: string) => text.replace(/\D/g, '');
const distinct = (texts: string[]) => [...new Set(texts.filter((text) => text !== ''))];

const ImageSchema = v.pipe(
  v.object({
    type: v.optional(looseText),
    uri: Picture,
    uri150: v.optional(Picture),
    width: v.optional(positiveOrNull),
    height: v.optional(positiveOrNull),
  }),
  v.transform(({ type, uri, uri150, width, height }): DiscogsImage | null => {
    return uri === null
      ? null
      : {
          type: type === 'primary' ? 'primary' : 'secondary',
          url: uri,
          thumbUrl: uri150 ?? null,
          width: width ?? null,
          height: height ?? null,
        };
  }),
);

/** Without credentials Discogs names pictures without addresses. */
const Images = v.pipe(
  looseList(ImageSchema),
  v.transform((images) => images.filter((image) => image !== null)),
);
const Identifier = v.object({ type: looseText, value: looseText });

export const ReleaseAnswer = v.pipe(
  v.object({
    ...basicsEntries,
    tracklist: v.optional(Tracklist),
    images: v.optional(Images),
    released: v.optional(textOrNull),
    country: v.optional(textOrNull),
    identifiers: v.optional(looseList(Identifier)),
    uri: v.optional(webUrlOrNull),
  }),
  v.transform((raw): Release => {
    const basics = releaseBasics(raw);
    const images = raw.images ?? [];
    const front = images.find((image) => image.type === 'primary') ?? images[0];
    const barcodes = (raw.identifiers ?? []).filter(({ type }) => type === 'Barcode').map(({ value }) => digits(value));
    return {
      ...basics,
      year: basics.year ?? v.parse(Year, raw.released?.slice(0, 4)),
      coverUrl: basics.coverUrl ?? front?.url ?? null,
      thumbUrl: basics.thumbUrl ?? front?.thumbUrl ?? null,
      tracklist: raw.tracklist ?? [],
      images,
      released: raw.released ?? null,
      country: raw.country ?? null,
      barcodes: distinct(barcodes),
      url: raw.uri ?? null,
    };
  }),
);

export const MasterAnswer = v.pipe(
  v.object({
    id: positive,
    main_release: v.optional(positiveOrNull),
    title: looseText,
    year: v.optional(Year),
    artists: v.optional(Artists),
    tracklist: v.optional(Tracklist),
    images: v.optional(Images),
    genres: v.optional(looseList(Name)),
    styles: v.optional(looseList(Name)),
  }),
  v.transform((raw): Master => {
    const artists = raw.artists ?? [];
    return {
      id: raw.id,
      mainReleaseId: raw.main_release ?? null,
      title: raw.title,
      year: raw.year ?? null,
      artists,
      credit: creditLine(artists),
      tracklist: raw.tracklist ?? [],
      images: raw.images ?? [],
      genres: distinctNames(raw.genres ?? []),
      styles: distinctNames(raw.styles ?? []),
    };
  }),
);

/** An artist's page, as far as its pictures. */
export const ArtistAnswer = v.pipe(
  v.object({ id: positive, images: v.optional(Images) }),
  v.transform(({ id, images = [] }): { id: number; images: DiscogsImage[] } => ({ id, images })),
);

const SearchResultSchema = v.pipe(
  v.object({
    id: positive,
    type: v.optional(looseText),
    master_id: v.optional(positiveOrNull),
    title: Name,
    year: v.optional(Year),
    format: v.optional(looseList(Name)),
    label: v.optional(looseList(Name)),
    catno: v.optional(CatalogueNumber),
    country: v.optional(textOrNull),
    barcode: v.optional(looseList(plainText)),
    cover_image: v.optional(Picture),
    thumb: v.optional(Picture),
  }),
  v.transform((raw): FoundOnDiscogs & { isRelease: boolean } => ({
    isRelease: raw.type === undefined || raw.type === '' || raw.type === 'release',
    id: raw.id,
    masterId: raw.master_id ?? null,
    title: raw.title,
    year: raw.year ?? null,
    formats: distinctNames(raw.format ?? []),
    labels: distinctNames(raw.label ?? []),
    catno: raw.catno ?? null,
    country: raw.country ?? null,
    barcodes: distinct((raw.barcode ?? []).map(digits)),
    coverUrl: raw.cover_image ?? null,
    thumbUrl: raw.thumb ?? null,
  })),
);

/** What else the search finds (masters, artists) is left out. */
export const SearchAnswer = v.pipe(
  v.object({ results: requiredList(SearchResultSchema) }),
  v.transform(({ results }): { results: FoundOnDiscogs[] } => ({
    results: results.flatMap(({ isRelease, ...result }) => (isRelease ? [result] : [])),
  })),
);
