import type { ImageSource } from '#shared/library/image.ts';

export type ImageOwner = { albumId: number } | { artistId: number };

export interface ImageInput {
  url: string;
  source: ImageSource;
  owner: ImageOwner;
  width?: number;
  height?: number;
}

export interface StoredImage {
  id: number;
  url: string;
  source: ImageSource;
  albumId: number | null;
  artistId: number | null;
  state: 'unknown' | 'good' | 'dead';
  /** Whether the colour that it lends is known. */
  hasColour: boolean;
}

/** Addresses of pictures, every source's; the bytes live in data/covers. */
export interface Images {
  get(id: number): StoredImage | null;
  /**
   * Adds an address, once an owner. One that was found dead gets another chance after a week. What was merged into another while its
   * picture was looked for brings it along; what is gone takes none.
   */
  add(input: ImageInput): void;
  /** The picture was had, and this is the colour that it lends wherever it is shown. */
  good(id: number, accent: { hue: number; chroma: number }): void;
  /** It is not to be had any more. An album whose cover a person chose so keeps that choice, also in its document; another picture is shown meanwhile. */
  dead(id: number): void;
  /** Sources that have a picture of this owner which is not dead and whose address is known. */
  sourcesOf(owner: ImageOwner): ImageSource[];
}

const LOST = 'lost:';

/** Stands for the address of a picture of which only the id is known any more, until its source is asked again. */
export const lostAddress = (id: number): string => `${LOST}${id}`;

export const isLostAddress = (url: string): boolean => url.startsWith(LOST);
