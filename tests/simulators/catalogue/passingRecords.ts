import { SeededChance } from './random.ts';
import { record, type CatalogueRecord } from './record.ts';

/** Records heard in passing: put together from words, so that there are as many as a long history needs. */

const FIRST =
  'Anselm Béatrice Corin Dorothée Elio Freya Gaspard Hanneke Isidore Jónas Katell Lorcan Maëlle Nils Odalys Perrin Quitterie Rasmus Solène Théo Ursule Viggo Wanda Yann Zélie'.split(
    ' ',
  );
const LAST =
  'Abendroth Bellocq Castaing Drummel Escoffre Fennimore Gildas Hargreave Ibsgaard Jourdain Kettering Lavergne Mostyn Nørgård Ostrander Péridot Quillfeather Rosthorn Sauvageot Tennyvale Underhay Vasseline Wintle Ystrad Zimmerli'.split(
    ' ',
  );
const THINGS =
  'Almanac Attic Bicycle Canal Carousel Compass Garden Harbour Kettle Ladder Lighthouse Meadow Motorway Orchard Parade Pavilion Quarry Reservoir Satellite Staircase Telescope Tollgate Viaduct Window Yard'.split(
    ' ',
  );
const KINDS =
  'Amber Borrowed Careful Distant Electric Folded Gentle Hollow Idle Late Minor Northern Patient Quiet Rusted Second Silver Small Slow Spare Tall Velvet Wooden Yellow'.split(
    ' ',
  );
const PLACES =
  'Ardmore Bellavue Cap-Rouge Dunmarrow Estrel Fairlight Grenholm Hollin Ivry-le-Sec Kestrel Lindau-West Marnay Ostby Quillon Skarholm Tarn'.split(
    ' ',
  );
const ACTS = 'Answer Carry Follow Forget Keep Leave Mend Paint Sell Sweep Trust Whistle'.split(' ');
const TIMES = [
  'at Noon',
  'before Rain',
  'in February',
  'in Reverse',
  'on Sundays',
  'after Supper',
  'at Half Speed',
  'in October',
  'by Candle',
  'from Memory',
];
const CHOSES =
  'ardoise balançoire cour écluse fenêtre gare horloge jetée lucarne marelle nuit pluie rivière saison véranda'.split(
    ' ',
  );
const QUALITES = 'blanche claire douce étroite fragile lente neuve ouverte perdue sourde tardive'.split(' ');
const MOMENTS = [
  'à midi',
  'avant l’hiver',
  'de ma tante',
  'en février',
  'sans témoin',
  'du lundi',
  'au retour',
  'par cœur',
  'sous la table',
  'côté jardin',
];
const GENRES = ['Rock', 'Folk', 'Electronic', 'Jazz', 'Ambient', 'Soul', 'Chanson', 'Blues', 'Classical'];

function artistName(chance: SeededChance): string {
  const [kind, thing] = [chance.one(KINDS), chance.one(THINGS)];
  switch (chance.whole(0, 4)) {
    case 0:
      return `The ${kind} ${thing}s`;
    case 1:
      return `${kind} ${thing}`;
    case 2:
      return `${chance.one(FIRST)} ${chance.one(LAST)} ${chance.one(['Quartet', 'Ensemble', 'Trio', 'Orchestra'])}`;
    default:
      return `${chance.one(FIRST)} ${chance.one(LAST)}`;
  }
}

const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);

type Say = (chance: SeededChance) => string;

const ENGLISH: Say[] = [
  (chance) => `${chance.one(KINDS)} ${chance.one(THINGS)}`,
  (chance) => `${chance.one(THINGS)} ${chance.one(TIMES)}`,
  (chance) => `${chance.one(ACTS)} the ${chance.one(THINGS)}`,
  (chance) => `Letter to ${chance.one(FIRST)}`,
  (chance) => `Return to ${chance.one(PLACES)}`,
  (chance) => `What the ${chance.one(THINGS)} Said`,
  (chance) => `${chance.one(PLACES)}, ${chance.one(THINGS)}`,
  (chance) => `${chance.one(KINDS)}, ${chance.one(KINDS)}`,
  (chance) => `${chance.one(ACTS)} Me ${chance.one(TIMES)}`,
  (chance) => `${chance.one(FIRST)}’s ${chance.one(THINGS)}`,
  (chance) => `Nobody’s ${chance.one(THINGS)}`,
  (chance) => `${chance.one(THINGS)} No. ${chance.whole(2, 19)}`,
  (chance) => chance.one(THINGS),
  (chance) => `The Road to ${chance.one(PLACES)}`,
];

const FRENCH: Say[] = [
  (chance) => `${capital(chance.one(CHOSES))} ${chance.one(QUALITES)}`,
  (chance) => `La ${chance.one(CHOSES)} ${chance.one(MOMENTS)}`.replace(/La ([aéh])/, 'L’$1'),
  (chance) => `${capital(chance.one(CHOSES))} ${chance.one(MOMENTS)}`,
  (chance) => `${chance.one(FIRST)} ${chance.one(MOMENTS)}`,
  (chance) => `Une ${chance.one(CHOSES)} ${chance.one(QUALITES)}`,
  (chance) => `Plus de ${chance.one(CHOSES)}`.replace(/de ([aéh])/, 'd’$1'),
  (chance) => `Lettre à ${chance.one(FIRST)}`,
  (chance) => capital(chance.one(CHOSES)),
  (chance) => `Retour à ${chance.one(PLACES)}`,
  (chance) => `Si ${chance.one(QUALITES)}`,
  (chance) => `${capital(chance.one(QUALITES))}, ${chance.one(QUALITES)}`,
];

/** That many titles, no two of one making as long as there are makings. */
function titles(chance: SeededChance, french: boolean, howMany: number): string[] {
  const makings = french ? FRENCH : ENGLISH;
  const order = chance.shuffled(makings);
  return [...new Set(Array.from({ length: howMany }, (_, position) => order[position % order.length]!(chance)))];
}

/** @returns records of that many artists, one to three each, always the same for the same seed. */
export function passingRecords(artists: number, seed: number): CatalogueRecord[] {
  const chance = new SeededChance(seed);
  const names = new Set<string>();
  while (names.size < artists) names.add(artistName(chance));
  return [...names].flatMap((artist) => {
    const genre = chance.one(GENRES);
    const french = genre === 'Chanson' || chance.happens(0.2);
    return titles(chance, french, chance.whole(1, 3)).map((title) =>
      record(
        { artist, title, year: chance.whole(1955, 2025), genre, support: null },
        titles(chance, french, chance.whole(7, 13)).join(' | '),
      ),
    );
  });
}
