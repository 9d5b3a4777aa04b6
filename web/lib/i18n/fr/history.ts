import type en from '../en/history.ts';
import type { Translated } from '../message.ts';

const history: Translated<typeof en> = {
  'history.open': { one: '{n} note précédente', other: '{n} notes précédentes' },
  'history.openNames': { one: '{n} nom précédent', other: '{n} noms précédents' },
  'history.notes': 'Notes précédentes',
  'history.names': 'Noms précédents',
  'history.putBack': 'Remettre',
  'history.putBackThis': 'Remettre : {text}',
  'history.here': 'Écrit sur cet appareil.',
  'history.elsewhere': 'Écrit sur un autre appareil.',
  'history.why.replaced': 'A été réécrit depuis.',
  'history.why.conflict': 'Un texte plus récent, écrit ailleurs, l’a remplacé.',
  'history.why.outdone': 'Est arrivé après un texte plus récent.',
  'history.why.merged': 'Son disque a été réuni à celui-ci.',
  'history.why.removed': 'Son écoute a été supprimée.',
  'history.why.kept': 'A été modifié ailleurs pendant la suppression ici.',
  'history.why.deleted': 'A été supprimé ailleurs plus tard.',

  'gaveWay.title': 'Remplacé par plus récent',
  'gaveWay.note':
    'Votre note « {text} » sur {title} a été remplacée par une plus récente. Elle reste parmi les notes précédentes.',
  'gaveWay.merged': 'Deux disques ont été réunis. Votre note « {text} » reste parmi les notes précédentes de {title}.',
  'gaveWay.rating': 'Deux disques ont été réunis. Votre appréciation reste parmi les notes précédentes de {title}.',
  'gaveWay.removed': 'Votre note « {text} » a été supprimée avec son écoute.',
  'gaveWay.name':
    'La playlist que vous aviez nommée « {text} » a maintenant un nom plus récent : {title}. Le vôtre reste parmi les noms précédents.',
  'gaveWay.stays':
    'Vous avez supprimé la playlist « {text} », mais elle a été modifiée sur un autre appareil entre-temps : elle reste.',
  'gaveWay.deleted':
    'Votre changement de la playlist « {text} » est arrivé trop tard : elle a été supprimée sur un autre appareil.',
};

export default history;
