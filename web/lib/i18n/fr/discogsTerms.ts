import type en from '../en/discogsTerms.ts';
import type { Translated } from '../message.ts';

const fr: Translated<typeof en> = {
  'genre.blues': 'Blues',
  'genre.brass & military': 'Fanfare',
  "genre.children's": 'Jeunesse',
  'genre.classical': 'Classique',
  'genre.electronic': 'Électronique',
  'genre.folk, world, & country': 'Folk, musiques du monde et country',
  'genre.funk / soul': 'Funk / Soul',
  'genre.latin': 'Musiques latines',
  'genre.non-music': 'Parlé et autres',
  'genre.stage & screen': 'Scène et écran',
  'copyField.media condition': 'État du disque',
  'copyField.sleeve condition': 'État de la pochette',
  'grade.mint (m)': 'Neuf (M)',
  'grade.near mint (nm or m-)': 'Comme neuf (NM ou M-)',
  'grade.very good plus (vg+)': 'Très bon + (VG+)',
  'grade.very good (vg)': 'Très bon (VG)',
  'grade.good plus (g+)': 'Bon + (G+)',
  'grade.good (g)': 'Bon (G)',
  'grade.fair (f)': 'Moyen (F)',
  'grade.poor (p)': 'Mauvais (P)',
  'grade.generic': 'Pochette générique',
  'grade.no cover': 'Sans pochette',
  'grade.not graded': 'Non évalué',
};
export default fr;
