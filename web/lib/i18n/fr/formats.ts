import type en from '../en/formats.ts';
import type { Translated } from '../message.ts';

const fr: Translated<typeof en> = {
  'format.vinyl': 'Vinyle',
  'format.file': 'Fichier',
  'format.video': 'Vidéo',
  'format.box set': 'Coffret',
  'format.shellac': 'Gomme-laque',
  'format.flexi-disc': 'Disque souple',
  'format.mini-album': 'Mini-album',
  'format.maxi-single': 'Maxi-single',
  'format.reissue': 'Réédition',
  'format.repress': 'Nouveau pressage',
  'format.remastered': 'Remasterisé',
  'format.limited edition': 'Édition limitée',
  'format.special edition': 'Édition spéciale',
  'format.deluxe edition': 'Édition de luxe',
  'format.club edition': 'Édition club',
  'format.numbered': 'Numéroté',
  'format.test pressing': 'Pressage test',
  'format.picture disc': 'Disque illustré',
  'format.unofficial release': 'Édition non officielle',
  'format.misprint': 'Erreur d’impression',
  'format.stereo': 'Stéréo',
  'format.quadraphonic': 'Quadriphonie',
  'format.33 ⅓ rpm': '33 ⅓ tr/min',
  'format.45 rpm': '45 tr/min',
  'format.78 rpm': '78 tr/min',
};
export default fr;
