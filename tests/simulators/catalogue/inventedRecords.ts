import { createHash } from 'node:crypto';
import { passingRecords } from './passingRecords.ts';
import { SeededChance } from './random.ts';
import { record, type CatalogueRecord } from './record.ts';

/** A whole number that depends on nothing but the text. */
export const numberOf = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE();

/** Exactly `count` records nobody has heard of, the same for the same seed. */
export const inventedRecords = (count: number, seed = 7): CatalogueRecord[] =>
  count === 0 ? [] : passingRecords(count, seed).slice(0, count);

/** The record of this artist and title, for a service that is asked about one and has to know something. */
export function recordNamed(artist: string, title: string): CatalogueRecord {
  const chance = new SeededChance(numberOf(`${artist}\n${title}`));
  const songs = [
    'Slow Lamp',
    'Ferry',
    'Copper Weather',
    'A Street Away',
    'Rain on Tin',
    'The Long Room',
    'Undertow',
    'Last Tram',
  ];
  return record(
    { artist, title, year: chance.whole(1958, 2024), genre: 'Rock', support: null },
    chance.shuffled(songs).join(' | '),
  );
}
