import type en from '../en/device.ts';
import type { Translated } from '../message.ts';

const device: Translated<typeof en> = {
  'device.works': 'Sans réseau',
  'device.storage': 'Place occupée',
  'device.storageOf': '{used} sur {quota} permis par le navigateur.',
  'device.storageUnknown': 'Le navigateur ne le dit pas.',
  'device.persist': 'Tout garder ici',
  'device.persistYes': 'Le navigateur a promis de ne rien effacer.',
  'device.persistNo': 'Le navigateur peut faire le ménage si la place manque.',
  'device.persistAsk': 'Demander',
  'device.persistRefused': 'Le navigateur n’a pas promis. Installer AIME aide d’ordinaire.',
  'device.install': 'Installer AIME',
  'device.installMore': 'Sur l’écran d’accueil, sans le navigateur autour.',
  'device.signOut': 'Oublier la clé d’accès',
  'device.signOutMore': 'Cet appareil la redemandera.',
  'device.reset': 'Repartir de zéro ici',
  'device.resetMore': 'Efface la copie de cet appareil et la rapporte à neuf. La maison garde tout.',
  'device.resetTitle': 'Repartir de zéro ici ?',
  'device.resetLead': 'La copie de cet appareil s’en va et une neuve arrive.',
  'device.resetType': 'Écrivez « {word} » pour continuer',
  'device.resetWord': 'zéro',
  'device.resetDo': 'Repartir de zéro',

  'covers.title': 'Les pochettes sur cet appareil',
  'covers.no': 'Celles que vous avez vues sont ici. Les autres viennent avec le réseau.',
  'covers.coming': 'En chemin. Vous pouvez continuer pendant ce temps.',
  'covers.yes': {
    one: '{n} pochette est ici. Les nouvelles suivent d’elles-mêmes.',
    other: 'Les {n} pochettes sont ici. Les nouvelles suivent d’elles-mêmes.',
  },
  'covers.some': { one: '{n} sur {total} est ici.', other: '{n} sur {total} sont ici.' },
  'covers.network': {
    one: '{n} sur {total} est ici. La maison ne répond plus.',
    other: '{n} sur {total} sont ici. La maison ne répond plus.',
  },
  'covers.full': {
    one: '{n} sur {total} est ici. Le navigateur ne donne plus de place.',
    other: '{n} sur {total} sont ici. Le navigateur ne donne plus de place.',
  },
  'covers.impossible': 'Demande une adresse sûre (https).',
  'covers.shelfNone': 'Celles de votre étagère viennent d’elles-mêmes, l’une après l’autre.',
  'covers.shelf': {
    one: 'La pochette de votre étagère est ici. Les nouvelles suivent d’elles-mêmes.',
    other: 'Les {n} pochettes de votre étagère sont ici. Les nouvelles suivent d’elles-mêmes.',
  },
  'covers.shelfSome': {
    one: '{n} des {total} pochettes de votre étagère est ici.',
    other: '{n} des {total} pochettes de votre étagère sont ici.',
  },
  'covers.shelfMetered': {
    one: '{n} des {total} pochettes de votre étagère est ici. Les autres attendent un réseau qui n’est pas facturé au volume.',
    other:
      '{n} des {total} pochettes de votre étagère sont ici. Les autres attendent un réseau qui n’est pas facturé au volume.',
  },
  'covers.size': 'Elles occupent {size}.',
  'covers.keep': 'Garder toutes les pochettes',
  'covers.goOn': 'Continuer',
  'covers.forget': 'Rendre la place',
  'device.resetUnsent': {
    zero: 'Rien n’attend de partir.',
    one: '{n} changement n’a pas encore quitté cet appareil. Il part d’abord si la maison répond, sinon il est perdu.',
    other:
      '{n} changements n’ont pas encore quitté cet appareil. Ils partent d’abord si la maison répond, sinon ils sont perdus.',
  },

  'here.title': 'Tout est ici',
  'here.lead':
    'Vos écoutes, vos disques et vos notes vivent sur cet appareil. La maison et vos autres appareils en gardent une copie.',
  'here.listens': 'Écoutes',
  'here.albums': 'Albums',
  'here.owned': 'Disques que vous possédez',
  'here.device': 'Sur cet appareil',
  'here.devices': 'Appareils',
  'here.this': 'Cet appareil',
  'device.phone': 'Téléphone',
  'device.tablet': 'Tablette',
  'device.on': '{browser} sous {system}',
  'device.computer': 'Ordinateur',
};
export default device;
