import type en from '../en/offline.ts';
import type { Translated } from '../message.ts';

const offline: Translated<typeof en> = {
  'offline.works': 'Fonctionne hors ligne. Tout est sur cet appareil.',
  'offline.since': 'Fonctionne hors ligne. Tout est sur cet appareil, mis à jour {when}.',
  'offline.checking': 'Vérification de ce qui est sur cet appareil.',
  'offline.http':
    'Ne fonctionne pas hors ligne : cette adresse est en HTTP simple, et les navigateurs n’enregistrent une application que depuis une adresse sûre. Ouvrez AIME en HTTPS, une fois le serveur muni d’un certificat.',
  'offline.unsupported':
    'Ne fonctionne pas hors ligne : ce navigateur ne peut pas enregistrer l’application ici, souvent parce que la fenêtre est privée. Ouvrez AIME dans une fenêtre ordinaire, ou dans un autre navigateur.',
  'offline.certificate':
    'Ne fonctionne pas hors ligne : cet appareil ne fait pas confiance au certificat du serveur. Installez sur cet appareil ce certificat, ou l’autorité qui l’a signé, puis rechargez.',
  'offline.blocked':
    'Ne fonctionne pas hors ligne : ce navigateur est réglé pour ne rien enregistrer de cette adresse. Autorisez-y les cookies et les données de site dans ses réglages, puis rechargez.',
  'offline.unreachable':
    'Pas encore hors ligne : les fichiers de l’application ne sont pas arrivés entiers. Restez connecté et réessayez.',
  'offline.starting':
    'Pas encore hors ligne : les fichiers de l’application vont être téléchargés. Laissez cette page ouverte.',
  'offline.files':
    'Pas encore hors ligne : les fichiers de l’application arrivent, {here} sur {of}. Laissez cette page ouverte.',
  'offline.past':
    'Cette page a été chargée sans passer par la copie de cet appareil. Rechargez-la, et elle fonctionne hors ligne.',
  'offline.torn': {
    one: 'Ne fonctionne pas hors ligne : {n} fichier de l’application manque sur cet appareil. Connectez-vous au serveur et réessayez.',
    other:
      'Ne fonctionne pas hors ligne : {n} fichiers de l’application manquent sur cet appareil. Connectez-vous au serveur et réessayez.',
  },
  'offline.refused':
    'Ne fonctionne pas hors ligne : cette fenêtre n’enregistre rien, comme les fenêtres privées. Ouvrez AIME dans une fenêtre ordinaire.',
  'offline.full':
    'Ne fonctionne pas hors ligne : le navigateur ne donne plus d’espace à AIME, la bibliothèque d’ici n’est donc pas complète. Libérez de l’espace sur cet appareil, puis réessayez.',
  'offline.lost':
    'Ne fonctionne pas hors ligne : le navigateur a effacé la bibliothèque de cet appareil. Rechargez pour la récupérer.',
  'offline.failed':
    'Ne fonctionne pas hors ligne : le navigateur ne donne pas accès à la bibliothèque de cet appareil. Rechargez pour la rouvrir.',
  'offline.arriving': 'Pas encore hors ligne : la bibliothèque arrive, {percent}. Laissez cette page ouverte.',
  'offline.incomplete':
    'La bibliothèque de cet appareil n’est pas complète, et le serveur ne répond pas. Connectez-vous encore une fois, jusqu’à ce que tout soit ici.',
  'offline.held':
    'S’ouvre hors ligne, avec une bibliothèque qui n’est pas celle du serveur. Choisissez laquelle des deux cet appareil suit.',
  'offline.unreadable': {
    one: 'S’ouvre hors ligne, mais {n} élément venu du serveur est illisible pour cette version. Rechargez pour obtenir la plus récente.',
    other:
      'S’ouvre hors ligne, mais {n} éléments venus du serveur sont illisibles pour cette version. Rechargez pour obtenir la plus récente.',
  },
  'offline.behind': 'S’ouvre hors ligne, mais les derniers changements arrivent encore, {percent}.',
  'offline.httpSlip':
    'Ouvert en HTTP simple, AIME a besoin du réseau à chaque fois. En HTTPS, tout fonctionne aussi hors ligne.',
  'install.installed': 'Installé sur cet appareil.',
  'install.share1': 'Touchez Partager dans la barre du navigateur.',
  'install.share2': 'Choisissez « Sur l’écran d’accueil ».',
  'install.share3': 'Touchez Ajouter. AIME est alors parmi vos apps.',
};
export default offline;
