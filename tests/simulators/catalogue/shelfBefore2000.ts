import { record, type CatalogueRecord } from './record.ts';

/** The records on the invented person's shelf: those from 1980 to 1999. */
export const shelfBefore2000: CatalogueRecord[] = [
  record(
    {
      artist: 'Marée Lente',
      title: 'Tidewater Sessions',
      year: 1980,
      genre: 'Folk',
      support: 'Vinyl',
      cover: 'c22.svg',
    },
    'Slack Water 4:12 | Marram 5:38 | The Ferryman’s Radio 3:51 | Low Spring 6:20 | Dunes, Rehearsal Take 2:44 | Causeway 7:05 | A Bell Under Sand 4:33 | Ebb (for Two Rooms) 8:16',
  ),
  record(
    {
      artist: 'Hélio Braquet',
      title: 'Ondes courtes',
      year: 1981,
      genre: 'Electronic',
      support: 'Vinyl',
      cover: 'c08.svg',
    },
    'Ondes courtes | Indicatif | Radio Andorre, 3 h du matin | Parasites | 49 mètres | Speakerine | Brouillage | Fin des émissions',
  ),
  record(
    {
      artist: 'Ensemble Vieux-Quai',
      title: 'Les Oiseaux de quai',
      year: 1982,
      genre: 'Jazz',
      support: 'Vinyl',
      cover: 'c37.svg',
    },
    'Sterne | Le toit du marché 3:40 | Goéland, dit le Gérant | Cormoran de nuit | Miettes | Les oiseaux de quai | Envol du mercredi | Bec dans l’eau',
  ),
  record(
    {
      artist: 'Kombinat 7',
      title: 'Machine Lullabies',
      year: 1983,
      genre: 'Electronic',
      support: 'Vinyl',
      cover: 'c19.svg',
    },
    'Schlaflied für eine Fräse | Nachtschicht | Soft Rivets | Kantine | Machine Lullaby No. 4 | Förderband | Öl | Stempeluhr | Abschalten',
  ),
  record(
    { artist: 'Marée Lente', title: 'Bois flotté', year: 1983, genre: 'Folk', support: 'Vinyl', cover: 'c46.svg' },
    'Planches 4:06 | Bois flotté | Laisse de mer | Clou rouillé | Beachcomber’s Receipt | Ce que la mer rend | Tideline | Petit feu',
  ),
  record(
    {
      artist: 'Les Heures Fauvières',
      title: 'Cartes postales d’un été court',
      year: 1984,
      genre: 'Rock',
      support: 'Vinyl',
      cover: 'c03.svg',
    },
    'Camping des Ormes | Cartes postales | Le vélo bleu | Glace à l’eau | Août penche | Transistor | Bons baisers de nulle part | Quinze jours | La rentrée',
  ),
  record(
    {
      artist: 'Ferrovia Nord',
      title: 'Hinterland',
      year: 1985,
      genre: 'Electronic',
      support: 'Vinyl',
      cover: 'c39.svg',
    },
    'Low Fields 7:38 | Signal Box 6:24 | Viaduct, Evening 8:02 | Single Track | Goods Yard Choir | Hinterland | Km 214',
  ),
  record(
    {
      artist: 'Kombinat 7',
      title: 'Nine Small Engines',
      year: 1986,
      genre: 'Electronic',
      support: 'Vinyl',
      cover: 'c24.svg',
    },
    'Engine 1 (Warm) | Engine 2 (Relais) | Engine 3 | Engine 4 (Zweitakt) | Engine 5 (for Ilona) | Engine 6 | Engine 7 (Kurzschluss) | Engine 8 | Engine 9 (Stille)',
  ),
  record(
    {
      artist: 'Les Heures Fauvières',
      title: 'Feux de plaine',
      year: 1987,
      genre: 'Rock',
      support: 'Vinyl',
      cover: 'c26.svg',
    },
    'Route départementale 4:51 | Feux de plaine | Silo | Les chiens du garde-barrière | Chaume | Éteins tes phares | La batteuse | Braises | Plein nord',
  ),
  record(
    {
      artist: 'Halcyon Depot',
      title: 'Songs for a Closed Cinema',
      year: 1989,
      genre: 'Rock',
      support: 'Vinyl',
      cover: 'c36.svg',
    },
    'Torn Ticket | Row H | The Projectionist Sleeps | Intermission | Silver Nitrate | Usherette | Emergency Exit | Songs for a Closed Cinema | End Credits',
  ),
  record(
    {
      artist: 'Kombinat 7',
      title: 'Nocturne en sous-sol',
      year: 1990,
      genre: 'Electronic',
      support: 'CD',
      cover: 'c48.svg',
    },
    'Niveau -1 | Niveau -2 | Chaufferie | Nocturne en sous-sol | Parking | Minuterie | Sortie de secours | Keller | Néon, dernière minute',
  ),
  record(
    {
      artist: 'Northern Annexe',
      title: 'Postcards from the Reservoir',
      year: 1991,
      genre: 'Rock',
      support: 'CD',
      cover: 'c20.svg',
    },
    'Drowned Village | Spillway | Postcard One | Dam Keeper’s Tea | Overcast Parade | Postcard Two | Low Level | Steeple at Noon | Valve House',
  ),
  record(
    {
      artist: 'Northern Annexe',
      title: 'Cold Harbour Road',
      year: 1993,
      genre: 'Rock',
      support: 'CD',
      cover: 'c45.svg',
    },
    'Wet Slate 3:52 | Number 40 Bus | Cold Harbour Road | Laundrette Weather | Chip Shop Psalm | Tenant | Scaffold | Your Coat, My Chair | Gas Man | Lights on at Four',
  ),
  record(
    {
      artist: 'Halcyon Depot',
      title: 'The Quiet Exchange',
      year: 1994,
      genre: 'Rock',
      support: 'CD',
      cover: 'c28.svg',
    },
    'Switchboard | Please Hold | The Quiet Exchange | Party Line | Cradle | Reverse Charges | Engaged | Wrong Number, Right Night | Dial Tone',
  ),
  record(
    { artist: 'Cinder Pallas', title: 'Salt & Kerosene', year: 1996, genre: 'Rock', support: 'CD', cover: 'c07.svg' },
    'Salt | Matchbook | Rig | Kerosene | Coil of Rope | Flare | Harbour on Fire | Undertaker’s Van | Slow Burn, Slower Drive | Ash Wednesday Matinée',
  ),
  record(
    { artist: 'Cinder Pallas', title: 'Copper Wire', year: 1998, genre: 'Rock', support: 'CD', cover: 'c33.svg' },
    'Stripped | Copper Wire | Bare Feet, Live Rail | Earth | Junction Box | Solder | Fuse Song | Three-Pin Heart | Verdigris',
  ),
  record(
    { artist: 'Ada Corvanne', title: 'Porcelaine', year: 1999, genre: 'Chanson', support: 'CD', cover: 'c14.svg' },
    'Porcelaine | Tasse ébréchée | Un service pour douze | Ada Corvanne feat. Bruno Estévart – Le buffet de ta mère | Kaolin | Colle forte | Fragile, haut, bas | Vitrine | Les soucoupes',
  ),
];
