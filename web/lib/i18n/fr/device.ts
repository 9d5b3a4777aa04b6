import type en from '../en/device.ts';
import type { Translated } from '../message.ts';

const device: Translated<typeof en> = {
  'device.works': 'Hors ligne',
  'device.storage': 'Espace utilisé',
  'device.storageOf': '{used} sur {quota} permis par le navigateur.',
  'device.storageUnknown': 'Le navigateur ne le dit pas.',
  'device.persist': 'Conserver les données hors ligne',
  'device.persistYes': 'Le navigateur ne les effacera pas.',
  'device.persistNo': 'Le navigateur peut les effacer si l’espace manque.',
  'device.persistAsk': 'Demander au navigateur',
  'device.persistRefused': 'Le navigateur n’a pas accepté. Installer AIME aide d’ordinaire.',
  'device.install': 'Installer AIME',
  'device.installMore': 'Sur l’écran d’accueil, sans le navigateur autour.',
  'device.signOut': 'Se déconnecter',
  'device.signOutMore': 'Cet appareil redemandera la clé d’accès.',
  'device.reset': 'Recharger la copie de cet appareil',
  'device.resetMore': 'Efface la copie d’ici et la télécharge à nouveau. Le serveur garde tout.',
  'device.resetTitle': 'Recharger la copie de cet appareil ?',
  'device.resetLead': 'La copie de cet appareil est effacée et téléchargée à nouveau.',
  'device.resetType': 'Écrivez « {word} » pour continuer',
  'device.resetWord': 'recharger',
  'device.resetDo': 'Recharger',

  'covers.title': 'Les pochettes sur cet appareil',
  'covers.no': 'Celles que vous avez vues sont ici. Les autres viennent avec le réseau.',
  'covers.coming': 'Téléchargement en cours. Vous pouvez continuer.',
  'covers.yes': {
    one: '{n} pochette est ici. Les nouvelles suivent automatiquement.',
    other: 'Les {n} pochettes sont ici. Les nouvelles suivent automatiquement.',
  },
  'covers.some': { one: '{n} sur {total} est ici.', other: '{n} sur {total} sont ici.' },
  'covers.network': {
    one: '{n} sur {total} est ici. Le serveur ne répond plus.',
    other: '{n} sur {total} sont ici. Le serveur ne répond plus.',
  },
  'covers.full': {
    one: '{n} sur {total} est ici. Le navigateur ne donne plus d’espace.',
    other: '{n} sur {total} sont ici. Le navigateur ne donne plus d’espace.',
  },
  'covers.impossible': 'Demande une adresse sûre (https).',
  'covers.shelfNone': 'Celles de votre étagère arrivent automatiquement, l’une après l’autre.',
  'covers.shelf': {
    one: 'La pochette de votre étagère est ici. Les nouvelles suivent automatiquement.',
    other: 'Les {n} pochettes de votre étagère sont ici. Les nouvelles suivent automatiquement.',
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
  'covers.forget': 'Libérer l’espace',
  'device.resetUnsent': {
    zero: 'Rien n’attend d’être envoyé.',
    one: '{n} changement n’a pas encore été envoyé. Il l’est d’abord si le serveur répond, sinon il est perdu.',
    other:
      '{n} changements n’ont pas encore été envoyés. Ils le sont d’abord si le serveur répond, sinon ils sont perdus.',
  },

  'here.title': 'Tout est sur cet appareil',
  'here.lead':
    'Vos écoutes, vos disques et vos notes sont sur cet appareil. Le serveur et vos autres appareils en gardent une copie.',
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
