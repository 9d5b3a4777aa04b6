import type { OfflineState } from '../../../web/lib/pwa/offline.ts';
import type { Sentences } from './sentence.ts';

/** Whether AIME opens here without a network, and what stands in the way. */
export const OFFLINE: Sentences<OfflineState['kind']> = {
  works: {
    when: 'the app’s files and the whole library are here, and the server answers',
    en: 'Works offline. Everything is on this device.',
    fr: 'Fonctionne hors ligne. Tout est sur cet appareil.',
  },
  since: {
    when: 'the app’s files and the whole library are here, and the server does not answer',
    en: 'Works offline. Everything is on this device, as of ….',
    fr: 'Fonctionne hors ligne. Tout est sur cet appareil, mis à jour ….',
  },
  checking: {
    when: 'the files are not counted yet, or the library is not open yet',
    en: 'Checking what is on this device.',
    fr: 'Vérification de ce qui est sur cet appareil.',
  },
  http: {
    when: 'the address is not a secure one',
    en: 'Does not work offline: this address is plain HTTP, and browsers only store apps from a secure one. Open AIME over HTTPS, once the server has a certificate.',
    fr: 'Ne fonctionne pas hors ligne : cette adresse est en HTTP simple, et les navigateurs n’enregistrent une application que depuis une adresse sûre. Ouvrez AIME en HTTPS, une fois le serveur muni d’un certificat.',
  },
  unsupported: {
    when: 'the browser has no service workers here',
    en: 'Does not work offline: this browser cannot store the app here, often because the window is private. Open AIME in an ordinary window, or in another browser.',
    fr: 'Ne fonctionne pas hors ligne : ce navigateur ne peut pas enregistrer l’application ici, souvent parce que la fenêtre est privée. Ouvrez AIME dans une fenêtre ordinaire, ou dans un autre navigateur.',
  },
  certificate: {
    when: 'the browser does not trust the server’s certificate',
    en: 'Does not work offline: this device does not trust the server’s certificate. Install that certificate, or the authority that signed it, on this device, then reload.',
    fr: 'Ne fonctionne pas hors ligne : cet appareil ne fait pas confiance au certificat du serveur. Installez sur cet appareil ce certificat, ou l’autorité qui l’a signé, puis rechargez.',
  },
  blocked: {
    when: 'the browser is set to keep nothing from this address',
    en: 'Does not work offline: this browser is set to store nothing from this address. Allow cookies and site data for it in the browser’s settings, then reload.',
    fr: 'Ne fonctionne pas hors ligne : ce navigateur est réglé pour ne rien enregistrer de cette adresse. Autorisez-y les cookies et les données de site dans ses réglages, puis rechargez.',
  },
  unreachable: {
    when: 'the service worker’s files did not come',
    en: 'Not offline yet: the app’s own files did not arrive whole. Stay on the network and try again.',
    fr: 'Pas encore hors ligne : les fichiers de l’application ne sont pas arrivés entiers. Restez connecté et réessayez.',
  },
  starting: {
    when: 'the service worker is being fetched',
    en: 'Not offline yet: the app’s own files are about to be fetched. Leave this page open.',
    fr: 'Pas encore hors ligne : les fichiers de l’application vont être téléchargés. Laissez cette page ouverte.',
  },
  files: {
    when: 'the app’s files are being fetched',
    en: 'Not offline yet: the app’s own files are being fetched, … of …. Leave this page open.',
    fr: 'Pas encore hors ligne : les fichiers de l’application arrivent, … sur …. Laissez cette page ouverte.',
  },
  past: {
    when: 'the page was loaded past its service worker',
    en: 'This page was loaded past the copy on this device. Reload it, and it works offline.',
    fr: 'Cette page a été chargée sans passer par la copie de cet appareil. Rechargez-la, et elle fonctionne hors ligne.',
  },
  torn: {
    when: 'a file of the app is not in its cache',
    en: 'Does not work offline: … of the app’s files is missing on this device. Connect to the server and try again.',
    fr: 'Ne fonctionne pas hors ligne : … fichier de l’application manque sur cet appareil. Connectez-vous au serveur et réessayez.',
  },
  refused: {
    when: 'the window stores nothing',
    en: 'Does not work offline: this window stores nothing, as private windows do. Open AIME in an ordinary window.',
    fr: 'Ne fonctionne pas hors ligne : cette fenêtre n’enregistre rien, comme les fenêtres privées. Ouvrez AIME dans une fenêtre ordinaire.',
  },
  full: {
    when: 'the browser gives no more room',
    en: 'Does not work offline: the browser gives AIME no more space, so the library here is not complete. Free some space on this device, then try again.',
    fr: 'Ne fonctionne pas hors ligne : le navigateur ne donne plus d’espace à AIME, la bibliothèque d’ici n’est donc pas complète. Libérez de l’espace sur cet appareil, puis réessayez.',
  },
  lost: {
    when: 'the browser deleted the library under the page',
    en: 'Does not work offline: the browser has deleted the library on this device. Reload to fetch it again.',
    fr: 'Ne fonctionne pas hors ligne : le navigateur a effacé la bibliothèque de cet appareil. Rechargez pour la récupérer.',
  },
  failed: {
    when: 'the browser gives no access to the library',
    en: 'Does not work offline: the browser gives no access to the library on this device. Reload to open it again.',
    fr: 'Ne fonctionne pas hors ligne : le navigateur ne donne pas accès à la bibliothèque de cet appareil. Rechargez pour la rouvrir.',
  },
  arriving: {
    when: 'the first sync is under way',
    en: 'Not offline yet: the library is still arriving, …. Leave this page open.',
    fr: 'Pas encore hors ligne : la bibliothèque arrive, …. Laissez cette page ouverte.',
  },
  incomplete: {
    when: 'the first sync is not done, and the server does not answer',
    en: 'The library on this device is not complete, and the server does not answer. Connect once more until all of it is here.',
    fr: 'La bibliothèque de cet appareil n’est pas complète, et le serveur ne répond pas. Connectez-vous encore une fois, jusqu’à ce que tout soit ici.',
  },
  held: {
    when: 'the server’s library is another one',
    en: 'Opens offline, with a library that is not the server’s. Choose which of the two this device follows.',
    fr: 'S’ouvre hors ligne, avec une bibliothèque qui n’est pas celle du serveur. Choisissez laquelle des deux cet appareil suit.',
  },
  unreadable: {
    when: 'something came from the server that this version cannot read',
    en: 'Opens offline, but … entry from the server cannot be read by this version. Reload to get the newest one.',
    fr: 'S’ouvre hors ligne, mais … élément venu du serveur est illisible pour cette version. Rechargez pour obtenir la plus récente.',
  },
  behind: {
    when: 'newer changes are on their way',
    en: 'Opens offline, but the newest changes are still arriving, ….',
    fr: 'S’ouvre hors ligne, mais les derniers changements arrivent encore, ….',
  },
};
