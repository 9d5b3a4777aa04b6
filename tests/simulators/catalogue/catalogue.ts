import { heardElsewhere } from './heardElsewhere.ts';
import { passingRecords } from './passingRecords.ts';
import type { CatalogueRecord } from './record.ts';
import { shelfBefore1980 } from './shelfBefore1980.ts';
import { shelfBefore2000 } from './shelfBefore2000.ts';
import { shelfSince2000 } from './shelfSince2000.ts';

/** What the invented person owns, each with a drawn cover, but for the one compilation. */
export const shelf: readonly CatalogueRecord[] = [
  ...shelfBefore1980,
  ...shelfBefore2000,
  ...shelfSince2000,
  ...heardElsewhere.filter(({ support }) => support !== null),
];

/** Every record that the simulated services know: artists, titles, years, genres, tracks and their lengths, all invented. */
export const catalogue: readonly CatalogueRecord[] = [
  ...shelf,
  ...heardElsewhere.filter(({ support }) => support === null),
  ...passingRecords(140, 1_987),
];

const key = (artist: string, title: string) => `${artist.toLowerCase()}\n${title.toLowerCase()}`;
const byName = new Map(catalogue.map((record) => [key(record.artist, record.title), record]));

/** The record of that artist and title, whatever their case. */
export const findRecord = (artist: string, title: string): CatalogueRecord | undefined =>
  byName.get(key(artist, title));
