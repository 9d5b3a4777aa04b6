import { record, type CatalogueRecord } from './record.ts';

/** The records on the invented person's shelf: those since 2000. */
export const shelfSince2000: CatalogueRecord[] = [
  record(
    { artist: 'Cinder Pallas', title: 'Amaranth', year: 2001, genre: 'Rock', support: 'CD', cover: 'c52.svg' },
    'Slow Alloy 5:04 | Amaranth | Hothouse | Pressed Flower, Pressed Suit | Grain | Perennial | Cinder Pallas feat. Ondine Falkner – Pollen Count | Deadheading | Seed Bank',
  ),
  record(
    { artist: 'Ada Corvanne', title: 'The Understudy', year: 2002, genre: 'Chanson', support: 'CD', cover: 'c43.svg' },
    'The Understudy | Souffleuse | Côté cour | Rideau de fer | Monologue du vestiaire | Rappel | Côté jardin | La doublure | Relâche',
  ),
  record(
    {
      artist: 'Ilsa Varnholt',
      title: 'Rooms Facing North',
      year: 2003,
      genre: 'Ambient',
      support: 'CD',
      cover: 'c02.svg',
    },
    'Chalk Window 3:33 | Rooms Facing North | Linen Press | Corridor, Early | Bare Bulb | The Room Nobody Sleeps In | Plaster | Radiator Hymn | Keyhole',
  ),
  record(
    { artist: 'Ilsa Varnholt', title: 'Winter Ledger', year: 2007, genre: 'Ambient', support: 'CD', cover: 'c25.svg' },
    'Carried Forward | Frost, Debit | Snow, Credit | Winter Ledger | Coal Account | Ink Freezes | Candles, Half Price | Balance | Thaw',
  ),
  record(
    {
      artist: 'Paper Lantern Bureau',
      title: 'Paper Moons',
      year: 2008,
      genre: 'Electronic',
      support: 'CD',
      cover: 'c11.svg',
    },
    'Form 1A | Paper Moons | Carbon Copy | In Triplicate | Rubber Stamp Ballet | Filing Cabinet in Bloom | Out of Office | Waxing | Waning | Shredder Lullaby',
  ),
  record(
    {
      artist: 'La Petite Fanfare d’Orme',
      title: 'Fanfare pour un balcon',
      year: 2010,
      genre: 'Jazz',
      support: 'CD',
      cover: 'c23.svg',
    },
    'Fanfare pour un balcon | Géraniums | La voisine du second | Polka des poubelles | Tuba au soleil | Marche des chats | Pince à linge | Rappel sous les fenêtres',
  ),
  record(
    {
      artist: 'Ilsa Varnholt',
      title: 'House of Small Clocks',
      year: 2011,
      genre: 'Ambient',
      support: 'Vinyl',
      cover: 'c51.svg',
    },
    'Umbrella Stand 2:58 | House of Small Clocks | Quarter Past | Winding | Pendulum in the Pantry | Five Minutes Slow | The Cuckoo’s Day Off | Mainspring | Midnight, Roughly',
  ),
  record(
    {
      artist: 'Paper Lantern Bureau',
      title: 'Ballroom Weather',
      year: 2011,
      genre: 'Electronic',
      support: 'Vinyl',
      cover: 'c49.svg',
    },
    'Paper Bell 4:36 | Ballroom Weather | Parquet Thunder | Dew Point Waltz | Chandelier, Scattered Showers | Isobars | Slow Front | Cloakroom Fog | Last Dance, Clearing Later',
  ),
  record(
    {
      artist: 'Nuit Plénière',
      title: 'Onze nuits blanches',
      year: 2012,
      genre: 'Electronic',
      support: 'Vinyl',
      cover: 'c05.svg',
    },
    'Première lampe | Minuit moins rien 5:31 | Un taxi vide 5:02 | Persiennes 4:55 | L’heure du laitier 4:41 | Couloir d’eau claire 4:28 | Insomnie, mode d’emploi | Veilleuse | Quatre heures et des poussières | Les éboueurs | Onzième nuit',
  ),
  record(
    {
      artist: 'La Petite Fanfare d’Orme',
      title: 'Terre, plein ciel',
      year: 2013,
      genre: 'Jazz',
      support: 'Digital',
      cover: 'c50.svg',
    },
    'Terre | Le semeur en retard | Labour | Bal des mottes | Alouette sans plumeau | Plein ciel | Girouette | Orage sec | Banquet',
  ),
  record(
    { artist: 'Tala Wrenfield', title: 'Moth Season', year: 2014, genre: 'Folk', support: 'Vinyl', cover: 'c30.svg' },
    'Porch, July | Moth Season | Wool | Lampblack | The Window Left Open | Silk Road, Kitchen Table | Dusk Clerk | Little Grey Coats | Powder on My Hands',
  ),
  record(
    {
      artist: 'Orchard Signal',
      title: 'Signal d’automne',
      year: 2015,
      genre: 'Electronic',
      support: 'Vinyl',
      cover: 'c13.svg',
    },
    'Weather Desk 4:21 | Signal d’automne | Ladder | Windfall | Cider Press Relay | Early Dark | Crate Numbers | Smoke from Somewhere | All Leaves, No Answer',
  ),
  record(
    {
      artist: 'Nuit Plénière',
      title: 'Grand Hôtel Miroir',
      year: 2016,
      genre: 'Electronic',
      support: 'Digital',
      cover: 'c34.svg',
    },
    'Porte à tambour | Grand Hôtel Miroir | Chambre 112 | Room service | Nuit Plénière feat. Ada Corvanne – La femme de l’ascenseur | Moquette | Petit déjeuner jusqu’à onze heures | Miroir sans tain | Check-out',
  ),
  record(
    {
      artist: 'Mirabelle Oster',
      title: 'La Chambre aux échos',
      year: 2017,
      genre: 'Chanson',
      support: 'Vinyl',
      cover: 'c21.svg',
    },
    'La chambre aux échos | Papier peint | Répète après moi | Ma voix d’avant | Le placard aux prénoms | Écho, côté rue | Tiroir | Silence compris | Deux fois bonne nuit',
  ),
  record(
    {
      artist: 'Orchard Signal',
      title: 'Heliograph',
      year: 2018,
      genre: 'Electronic',
      support: 'Digital',
      cover: 'c42.svg',
    },
    'Heliograph | Mirror, Hill, Mirror | Semaphore Picnic | Noon Code | Sent in Cloud | Answer Came by Goat | Shutter | Long Shadow Protocol | Sun Off',
  ),
  record(
    {
      artist: 'Ondine Falkner',
      title: 'Open Water Manual',
      year: 2018,
      genre: 'Ambient',
      support: 'Digital',
      cover: 'c56.svg',
    },
    'Before Entering | Cold Shock | Sighting | Open Water Manual | Breathe Every Third | Current, Unmarked | Buoy | Tow Line | Towel',
  ),
  record(
    {
      artist: 'Tala Wrenfield',
      title: 'A Lamp for the Orchard',
      year: 2019,
      genre: 'Folk',
      support: 'Digital',
      cover: 'c09.svg',
    },
    'A Lamp for the Orchard | Grafting Song | Neighbour’s Pears | Bees in the Wall | Blossom Tax | Ladder Prayer | Frost Watch | Kerosene Stars | Walk Me Past the Hives',
  ),
  record(
    {
      artist: 'Mirabelle Oster',
      title: 'Petite musique des marges',
      year: 2020,
      genre: 'Chanson',
      support: 'Vinyl',
      cover: 'c40.svg',
    },
    'Marge de gauche | Notes de bas de page | Petite musique des marges | Rature | Cahier d’automne | La faute est à moi | Buvard | Points de suspension | Verso',
  ),
  record(
    {
      artist: 'Ondine Falkner',
      title: 'Glasshouse',
      year: 2021,
      genre: 'Ambient',
      support: 'Digital',
      cover: 'c17.svg',
    },
    'Putty | Glasshouse | Condensation | Fern Hours | Broken Pane | Hothouse Telephone | Vine, Slowly | Dew, Slower | Shade Cloth',
  ),
  record(
    { artist: 'Ondine Falkner', title: 'Undertow', year: 2023, genre: 'Ambient', support: 'Digital', cover: 'c35.svg' },
    'Glass Tide 4:47 | Undertow | Rip | Salt Sleep | Swimming After Dark | Drift Line | Fathom | Ear to the Shell | Ashore',
  ),
];
