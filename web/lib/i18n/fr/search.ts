import type en from '../en/search.ts';
import type { Translated } from '../message.ts';

const search: Translated<typeof en> = {
  'search.discogsNumber': 'Discogs {number}',
  'search.clear': 'Effacer',
  'search.title': 'Chercher',
  'search.placeholder': 'Un disque, un artiste, un jour…',
  'search.albums': 'Disques',
  'search.artists': 'Artistes',
  'search.tracks': 'Titres',
  'search.playlists': 'Playlists',
  'search.places': 'Jours et pages',
  'search.recent': 'Récents',
  'search.forget': 'Effacer',
  'search.none': 'Aucun résultat.',
  'search.count': { zero: 'Rien de trouvé', one: '{n} trouvé', other: '{n} trouvés' },
  'search.partial': 'L’index se construit : il y en aura peut-être plus dans un instant.',
  'search.move': 'parcourir',
  'search.open': 'ouvrir',
  'search.close': 'fermer',
  'search.hint': 'Accents, ordre et une faute de frappe n’y changent rien.',
};
export default search;
