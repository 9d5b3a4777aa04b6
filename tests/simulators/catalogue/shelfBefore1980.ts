import { record, type CatalogueRecord } from './record.ts';

/** The records on the invented person's shelf, with the covers drawn for them: those up to 1979. */
export const shelfBefore1980: CatalogueRecord[] = [
  record(
    {
      artist: 'Big Amos Tolliver',
      title: 'Low Ceiling Blues',
      year: 1959,
      genre: 'Blues',
      support: 'Vinyl',
      cover: 'c16.svg',
    },
    'Low Ceiling Blues | Gutter Song 3:18 | Eleven Cents Short | Mule on the Stairs | Landlord’s Daughter | Salt Pork Morning | Ask the Engineer | Tin Roof, Long Night | My Other Coat | Hard to Sweep',
  ),
  record(
    {
      artist: 'Big Amos Tolliver',
      title: 'Lanterns Out',
      year: 1961,
      genre: 'Blues',
      support: 'Vinyl',
      cover: 'c55.svg',
    },
    'Porch Light | Lanterns Out | Catfish Accountant | Walked from Tupper | She Keeps the Key | Slow Freight | The Preacher’s Dog | Two Dollar Rain | Goodnight, Levee',
  ),
  record(
    {
      artist: 'Otto Kesslin Trio',
      title: 'Otto Kesslin Trio at Pier Nine',
      year: 1962,
      genre: 'Jazz',
      support: 'Vinyl',
      cover: 'c06.svg',
    },
    'Tuning, and a Foghorn 1:06 | Pier Nine | Herring Waltz | For Marta, Who Left Early | The Customs Officer | Ballast | Kesslin’s Complaint',
  ),
  record(
    {
      artist: 'Otto Kesslin Trio',
      title: 'Pier Nine, Encore',
      year: 1964,
      genre: 'Jazz',
      support: 'Vinyl',
      cover: 'c38.svg',
    },
    'Encore for Nine 6:41 | Boardwalk, Closed 6:52 | Low Water March 5:58 | Gull Arithmetic | Last Ferry, Standing | Blues for the Cloakroom',
  ),
  record(
    {
      artist: 'Estelle & Ivo Marchetti',
      title: 'Deux pianos, un orage',
      year: 1966,
      genre: 'Classical',
      support: 'Vinyl',
      cover: 'c32.svg',
    },
    'Premières gouttes | Volets | Un orage, I. Lourd | Un orage, II. Vif | Un orage, III. Presque rien | Accalmie | Odeur de terre | Valse des gouttières',
  ),
  record(
    {
      artist: 'Saul Merriweather',
      title: 'Telegraph Hymns',
      year: 1967,
      genre: 'Soul',
      support: 'Vinyl',
      cover: 'c47.svg',
    },
    'Hymn to the Operator | Stop, Stop, Stop | Wire from Galveston | The Line Is Down Again | Morse Code Sunday | Collect Call to Glory | Poles in a Row | Full Stop',
  ),
  record(
    {
      artist: 'The Velvet Ledgers',
      title: 'Green Room',
      year: 1968,
      genre: 'Rock',
      support: 'Vinyl',
      cover: 'c12.svg',
    },
    'Ten Minutes, Please | Nobody’s Understudy | Powder | Sandwich Lady | The Prompter | Velvet Rope | Green Room | Exit, Pursued | Ghost Light',
  ),
  record(
    {
      artist: 'Estelle & Ivo Marchetti',
      title: 'Avant la pluie',
      year: 1969,
      genre: 'Classical',
      support: 'Vinyl',
      cover: 'c53.svg',
    },
    'Verrières 4:02 | Baromètre | Les chaises rentrées | Avant la pluie | Petite étude pour linge qui sèche | Hirondelles basses | Vent d’ouest | Le parapluie d’Ivo',
  ),
  record(
    { artist: 'Saul Merriweather', title: 'Dust Choir', year: 1970, genre: 'Soul', support: 'Vinyl', cover: 'c27.svg' },
    'Kingdom of Chalk 4:18 | Dust Choir | Sweep the Temple | Nickel Moon | Brother Thermometer | Ordinary Halo | Carry Me to Tuesday | Amen, Probably | Settle Down, Dust',
  ),
  record(
    {
      artist: 'The Slow Cartographers',
      title: 'The Slow Cartographers',
      year: 1971,
      genre: 'Folk',
      support: 'Vinyl',
      cover: 'c04.svg',
    },
    'Legend | Here Be Cattle | Contour Lines | The Surveyor’s Wife | Blank Quarter | Magnetic North, True North | Coast by Guesswork | Scale of Miles | Folded Wrong',
  ),
  record(
    {
      artist: 'The Velvet Ledgers',
      title: 'Sugar & Static',
      year: 1972,
      genre: 'Rock',
      support: 'Vinyl',
      cover: 'c41.svg',
    },
    'Sugar & Static | Carpet Burn Radio | Double Entry | Miss Thermostat | Lemonade Fuse | Plug Me In, Pauline | Hum | Sixty Cycles | What the Neighbours Heard',
  ),
  record(
    {
      artist: 'Bruno Estévart',
      title: 'Il fera nuit demain',
      year: 1973,
      genre: 'Chanson',
      support: 'Vinyl',
      cover: 'c18.svg',
    },
    'Il fera nuit demain | La concierge est amoureuse | Trois francs dix | Ma rue à sens unique | Le dernier tabac ouvert | Lucienne, rends-moi mes disques | Un dimanche de trop | Café crème, café noir | Bonsoir, les réverbères',
  ),
  record(
    {
      artist: 'The Slow Cartographers',
      title: 'Atlas of Small Rain',
      year: 1974,
      genre: 'Folk',
      support: 'Vinyl',
      cover: 'c31.svg',
    },
    'Small Rain I | Drizzle Country | Index of Puddles | Small Rain II 5:47 | The Hydrographer | Mackintosh | Wet Compass | Small Rain III | Where the Paper Ends',
  ),
  record(
    {
      artist: 'Ensemble Vieux-Quai',
      title: 'Quatre saisons du béton',
      year: 1975,
      genre: 'Jazz',
      support: 'Vinyl',
      cover: 'c10.svg',
    },
    'Printemps : coffrage | Été : bitume | Sous les tôles | Automne : bâches | Hiver : fer à béton | Grue de nuit | Le casque de Fernand',
  ),
  record(
    {
      artist: 'Bruno Estévart',
      title: 'Kilomètre zéro',
      year: 1976,
      genre: 'Chanson',
      support: 'Vinyl',
      cover: 'c44.svg',
    },
    'Kilomètre zéro | Auto-stop | Porte d’Orléans, quatre heures | La Simca de mon père | Station-service | Tu lis les cartes à l’envers | Motel des Acacias | Dernière sortie avant la mer | Retour à vide',
  ),
  record(
    {
      artist: 'Hélio Braquet',
      title: 'Soleil de poche',
      year: 1977,
      genre: 'Electronic',
      support: 'Vinyl',
      cover: 'c29.svg',
    },
    'Soleil de poche | Tournesol mécanique | Piles non fournies | L’ombre du réverbère | Midi pile | Photomètre | Crème solaire | Éclipse de salon',
  ),
  record(
    {
      artist: 'Marée Lente',
      title: 'Halfway to the Estuary',
      year: 1978,
      genre: 'Folk',
      support: 'Vinyl',
      cover: 'c01.svg',
    },
    'Estuary, Part One 5:12 | Reed Bed | Half a Mile of Mud | Heron Clerk | The Tollkeeper | Brackish | Skiff | Estuary, Part Two',
  ),
  record(
    {
      artist: 'Ferrovia Nord',
      title: 'Last Tram to Halden',
      year: 1979,
      genre: 'Electronic',
      support: 'Vinyl',
      cover: 'c15.svg',
    },
    'Depot 5 | Ticket, Punched | Last Tram to Halden | Station Roof 6:01 | Catenary | Frozen Points | Halden, Empty Platform',
  ),
  record(
    {
      artist: 'Bruno Estévart',
      title: 'Rue des Tanneurs',
      year: 1979,
      genre: 'Chanson',
      support: 'Vinyl',
      cover: 'c54.svg',
    },
    'Rue des Tanneurs | Le cordonnier part en vacances | Peau neuve | Les marchands de quatre-saisons | Odile au balcon | Pavés | On a fermé le cinéma | Enseigne lumineuse | La rue d’après',
  ),
];
