import type { CatalogueAlbum } from './catalogue.ts';
import { Chance, numberOf } from './chance.ts';

const GIVEN = ['Ada', 'Bo', 'Cyril', 'Delphine', 'Edda', 'Faustine', 'Gaspard', 'Hedvig', 'Ilmari', 'Jonna', 'Kasimir', 'Léonie', 'Måns', 'Noé', 'Oriel', 'Pål'];
const FAMILY = ['Nordlund', 'Ekström', 'Vautier', 'Holmgren', 'Œillet', 'Brandt', 'Castelain', 'Dufrêne', 'Ångman', 'Sørby', 'Tillier', 'Weissholz', 'Quillfeather', 'Łukasik'];
const THINGS = ['Lanterns', 'Harbours', 'Tramways', 'Orchards', 'Weathervanes', 'Pavilions', 'Tidal Clocks', 'Paper Boats', 'Night Ferries', 'Glass Gardens', 'Signal Fires', 'Winter Maps'];
const MOODS = ['Quiet', 'Amber', 'Northern', 'Half-Lit', 'Slow', 'Crooked', 'Velvet', 'Distant', 'Electric', 'Borrowed', 'Salted', 'Unhurried'];
const MOMENTS = ['Letters', 'Mornings', 'Signals', 'Rooms', 'Avenues', 'Departures', 'Echoes', 'Seasons', 'Windows', 'Crossings', 'Almanac', 'Inventory'];
const SONGS = ['Lamp', 'Ferry', 'Copper Sky', 'A Street Away', 'Rain on Tin', 'The Long Room', 'Ember', 'Tidewater', 'Paper Moonrise', 'Low Light', 'Telegram', 'Blue Hour', 'Stairwell', 'Cartographer', 'Undertow', 'Last Tram'];
const GENRES = ['Jazz', 'Rock', 'Electronic', 'Classical', 'Folk, World, & Country', 'Funk / Soul'];

/** An artist nobody has heard of. */
export function inventedArtist(chance: Chance): string {
  const person = `${chance.one(GIVEN)} ${chance.one(FAMILY)}`;
  return chance.next() < 0.5 ? person : `The ${chance.one(MOODS)} ${chance.one(THINGS)}`;
}

/** The album of that artist and title, the same each time. */
export function albumNamed(artist: string, title: string): CatalogueAlbum {
  const chance = new Chance(numberOf(`${artist}\n${title}`));
  const tracks = Array.from({ length: chance.whole(7, 12) }, (_, at) => ({
    title: `${chance.one(SONGS)}${at < SONGS.length / 2 ? '' : ` (Part ${at})`}`,
    durationSeconds: chance.whole(95, 540),
  }));
  return { artist, title, year: chance.whole(1958, 2024), genres: [chance.one(GENRES)], tracks };
}

/** `count` albums, the same for the same seed. No two have the same title. */
export function inventedAlbums(count: number, seed = 1): CatalogueAlbum[] {
  const chance = new Chance(seed);
  const artists = Array.from({ length: Math.max(1, Math.ceil(count / 4)) }, () => inventedArtist(chance));
  const taken = new Map<string, number>();
  return Array.from({ length: count }, () => {
    const name = `${chance.one(MOODS)} ${chance.one(MOMENTS)}`;
    const times = (taken.get(name) ?? 0) + 1;
    taken.set(name, times);
    return albumNamed(chance.one(artists), times === 1 ? name : `${name}, Volume ${times}`);
  });
}
