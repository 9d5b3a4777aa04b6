import type en from '../en/sources.ts';
import type { Translated } from '../message.ts';

const sources: Translated<typeof en> = {
  'tracker.lastfm': 'Suivre Last.fm',
  'tracker.every': 'Toutes les {interval} quand AIME tourne.',
  'tracker.stopped': 'Suivi arrêté. Ce que vous écoutez entre-temps arrivera à la reprise.',
  'tracker.interval': 'Fréquence',
  'tracker.lastPoll': 'Dernier passage {when}.',
  'tracker.lastTried': 'Dernière tentative {when}, sans succès.',
  'tracker.needsConnection': 'Connectez d’abord Last.fm.',
  'tracker.pages': {
    one: '{n} page des 15 derniers jours est illisible. Le nouveau arrive quand même, et elle est relue toutes les heures. Le plus ancien vient avec l’historique entier, sous Votre historique.',
    other:
      '{n} pages des 15 derniers jours sont illisibles. Le nouveau arrive quand même, et elles sont relues toutes les heures. Le plus ancien vient avec l’historique entier, sous Votre historique.',
  },
  'manualScrobbles.title': 'Envoyer mes écoutes notées à Last.fm',
  'manualScrobbles.off':
    'Les écoutes notées à la main restent ici. Une fois activé, celles notées dès lors vont aussi à Last.fm.',
  'manualScrobbles.on':
    'Les écoutes notées à la main depuis l’activation vont à Last.fm, dès qu’elles ont commencé et que le temps d’annuler est passé. Ce que Last.fm a reçu ne se supprime que là-bas.',
  'manualScrobbles.waiting': { zero: '', one: '{n} attend d’être envoyée.', other: '{n} attendent d’être envoyées.' },
  'manualScrobbles.notTaken': 'Last.fm n’a pas pris « {title} » de {artist} : {why}',
  'manualScrobbles.why.too-old': 'cela remonte à plus de deux semaines.',
  'manualScrobbles.why.1': 'Last.fm ignore cet artiste.',
  'manualScrobbles.why.2': 'Last.fm ignore ce titre.',
  'manualScrobbles.why.3': 'cela remonte à plus de deux semaines.',
  'manualScrobbles.why.4': 'pour Last.fm, c’est dans le futur.',
  'manualScrobbles.why.other': 'Last.fm ne dit pas pourquoi.',
  'tracker.roon': 'Suivre Roon',
  'tracker.roonStopped': 'Suivi arrêté. AIME cherche un Core sur ce réseau dès que vous l’activez.',

  'backfill.title': 'Importer votre historique Last.fm',
  'backfill.offer': {
    one: '{n} écoute, environ {time}. Vous pouvez continuer pendant ce temps.',
    other: '{n} écoutes, environ {time}. Vous pouvez continuer pendant ce temps.',
  },
  'backfill.offerUnknown':
    'Tout ce dont Last.fm se souvient, le plus récent d’abord. Vous pouvez continuer pendant ce temps.',
  'backfill.start': 'Importer',
  'backfill.again': 'Importer à nouveau',
  'backfill.cancel': 'Arrêter',
  'backfill.running': 'Écoutes',
  'backfill.back': 'Arrivé au {date}.',
  'backfill.failed': 'Interrompu. Ce qui est arrivé est enregistré ; relancez et cela reprend.',
  'backfill.cancelled': 'Arrêté. Ce qui est arrivé est enregistré.',
  'backfill.done': {
    one: 'Terminé : {n} nouvelle écoute, {known} déjà connues.',
    other: 'Terminé : {n} nouvelles écoutes, {known} déjà connues.',
  },
  'backfill.compare': 'Last.fm en a {lastfm}, ici il y en a {here}.',
  'backfill.same': 'Last.fm en a {lastfm}, et toutes sont ici.',
  'backfill.refused': { one: '{n} laissée de côté : {reason}', other: '{n} laissées de côté : {reason}' },
  'backfill.because': '{n} : {reason}',
  'backfill.waits': 'Nouvel essai automatique un peu plus tard.',
  'backfill.pages': {
    one: '{n} page de l’historique, illisible, a été sautée.',
    other: '{n} pages de l’historique, illisibles, ont été sautées.',
  },
  'backfill.why.repeated': 'en double chez Last.fm',
  'backfill.why.before-2002': 'datées d’avant 2002',
  'backfill.why.in-the-future': 'datées dans le futur',
  'backfill.why.no-artist': 'sans artiste',
  'backfill.why.no-title': 'sans titre',
  'backfill.why.no-date': 'sans date lisible',
  'backfill.why.unreadable': 'illisibles',
  'backfill.why.page-unreadable': 'sur des pages illisibles',
  'backfill.why.left-out': 'comptées par Last.fm, mais pas listées',
  'backfill.why.not-counted': 'fin de la liste, où Last.fm n’a pas dit s’il y en a davantage',
  'backfill.why.shifted-while-reading': 'changées chez Last.fm pendant la lecture',
  'aside.title': 'Ce qui n’a pas pu être lu',
  'aside.lead':
    'Le reste est dans la bibliothèque. Ces éléments sont enregistrés tels quels, une version plus récente les relira.',
  'aside.plays.no-artist': {
    one: '{n} écoute que {service} donne sans artiste',
    other: '{n} écoutes que {service} donne sans artiste',
  },
  'aside.plays.no-title': {
    one: '{n} écoute que {service} donne sans titre',
    other: '{n} écoutes que {service} donne sans titre',
  },
  'aside.plays.no-date': { one: '{n} écoute de {service} sans date', other: '{n} écoutes de {service} sans date' },
  'aside.loved.no-artist': {
    one: '{n} titre aimé que {service} donne sans artiste',
    other: '{n} titres aimés que {service} donne sans artiste',
  },
  'aside.loved.no-title': {
    one: '{n} titre aimé de {service} sans nom',
    other: '{n} titres aimés de {service} sans nom',
  },
  'aside.collection.no-title': {
    one: '{n} disque de la collection sans titre',
    other: '{n} disques de la collection sans titre',
  },
  'aside.wants.no-title': {
    one: '{n} disque de la liste d’envies sans titre',
    other: '{n} disques de la liste d’envies sans titre',
  },
  'aside.details': {
    one: '{n} détail de {service} (un nom, une image, un format) qui n’a pas pu être lu',
    other: '{n} détails de {service} (noms, images, formats) qui n’ont pas pu être lus',
  },
  'aside.choices.unreadable': {
    one: '{n} choix pour une playlist qui n’a pas pu être lu',
    other: '{n} choix pour des playlists qui n’ont pas pu être lus',
  },
  'aside.zones.unreadable': {
    one: '{n} zone de {service} qui n’a pas pu être lue',
    other: '{n} zones de {service} qui n’ont pas pu être lues',
  },
  'aside.any': {
    one: '{n} élément de {service} qui n’a pas pu être lu',
    other: '{n} éléments de {service} qui n’ont pas pu être lus',
  },
  'aside.retry': 'Les relire',
  'aside.noneRead': 'Rien de plus n’a pu être lu : ces éléments restent tels quels.',
  'aside.allRead': {
    one: 'Relu : {n} élément est maintenant dans la bibliothèque.',
    other: 'Tous relus : {n} éléments sont maintenant dans la bibliothèque.',
  },
  'aside.someRead': {
    one: '{n} élément a été relu et est maintenant dans la bibliothèque.',
    other: '{n} éléments ont été relus et sont maintenant dans la bibliothèque.',
  },
  'aside.left': { one: '{n} reste illisible.', other: '{n} restent illisibles.' },
  'aside.show': 'Montrer tels que reçus',
  'aside.hide': 'Masquer',
  'aside.more': { one: 'et {n} autre', other: 'et {n} autres' },

  'collection.import.title': 'Importer votre collection Discogs',
  'collection.import.offer':
    'Tous les disques que vous y avez, avec pochettes et pistes. Vous pouvez continuer pendant ce temps.',
  'collection.import.done': {
    one: 'Terminé : {n} exemplaire lu, {changes}.',
    other: 'Terminé : {n} exemplaires lus, {changes}.',
  },
  'collection.import.same': 'rien n’a changé',
  'collection.import.added': { one: '{n} nouveau', other: '{n} nouveaux' },
  'collection.import.changed': { one: '{n} modifié', other: '{n} modifiés' },
  'collection.import.removed': { one: '{n} retiré', other: '{n} retirés' },
  'collection.import.unreadable': {
    one: '{n} n’a pas pu être lu, rien n’a donc quitté l’étagère.',
    other: '{n} n’ont pas pu être lus, rien n’a donc quitté l’étagère.',
  },
  'lookups.title': 'Recherches en cours',
  'lookups.none': 'Rien n’est cherché en ce moment.',
  'lookups.discogs-release': { one: 'détails de {n} disque', other: 'détails de {n} disques' },
  'lookups.discogs-master': { one: 'première année de {n} disque', other: 'premières années de {n} disques' },
  'lookups.discogs-artist': { one: 'image de {n} artiste', other: 'images de {n} artistes' },
  'lookups.spotify-album': { one: 'pochette et année de {n} disque', other: 'pochettes et années de {n} disques' },
  'lookups.spotify-artist': { one: 'image de {n} artiste', other: 'images de {n} artistes' },
  'lookups.musicbrainz-album': { one: 'pochette et année de {n} disque', other: 'pochettes et années de {n} disques' },
  'lookups.cover-art': { one: 'pochette de {n} disque', other: 'pochettes de {n} disques' },
  'lookups.words': { one: 'texte de {n} disque', other: 'textes de {n} disques' },
  'lookups.other': { one: '{n} autre chose', other: '{n} autres choses' },
  'lookups.left': 'Encore à chercher : {what}.',
  'lookups.time': 'Cela prend {time}.',
  'lookups.timeUnknown': 'On ne sait pas encore combien de temps cela prend.',
  'lookups.goesOn': 'AIME reprend {when}.',
  'lookups.pause': 'Mettre en pause',
  'lookups.resume': 'Continuer',
};
export default sources;
