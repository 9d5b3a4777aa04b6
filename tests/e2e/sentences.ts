import type { EuriaCode } from '#shared/library/euriaState.ts';
import type { CodeOf, ReportedService } from '#shared/library/serviceStates.ts';
import type { InstallWay } from '../../web/lib/pwa/installWay.ts';
import type { OfflineState } from '../../web/lib/pwa/offline.ts';

/** A sentence of the app, as a person reads it; `…` stands for what it names. */
export interface Sentence {
  /** What must be so for it to be said. */
  when: string;
  en: string;
  fr: string;
}
type Sentences<Code extends string> = Readonly<Record<Code, Sentence>>;

/** What Settings says of each service in each of its states. */
export const SERVICES: { readonly [Id in ReportedService]: Sentences<CodeOf<Id>> } & {
  readonly euria: Sentences<EuriaCode>;
} = {
  lastfm: {
    'not-configured': {
      when: 'there is no key, or no user',
      en: 'Not connected. What you listen to, everywhere.',
      fr: 'Non connecté. Ce que vous écoutez, partout.',
    },
    'other-user': {
      when: 'another person’s history is set than the one that is here',
      en: 'Another person’s history is set now. Say whether it belongs in this journal too.',
      fr: 'L’historique d’une autre personne est réglé à présent. Dites s’il va aussi dans ce journal.',
    },
    failing: {
      when: 'the last reading or test came to nothing, and it is read again by itself',
      en: 'The last request failed. Your library is safe here; AIME tries again automatically.',
      fr: 'La dernière demande a échoué. Vos disques sont en sûreté ici ; AIME réessaie automatiquement.',
    },
    refused: {
      when: 'it takes no plays that were logged here',
      en: 'It does not take what you log here. Connect the account again.',
      fr: 'N’accepte pas ce que vous notez ici. Connectez le compte à nouveau.',
    },
    stopped: {
      when: 'a person does not want it followed',
      en: 'Not following at the moment.',
      fr: 'Suivi arrêté pour le moment.',
    },
    unasked: {
      when: 'no reading with these settings has ended yet',
      en: 'Set up for …. The next reading shows whether it answers.',
      fr: 'En place pour …. La prochaine lecture montrera si le service répond.',
    },
    following: {
      when: 'the last reading came to a good end',
      en: 'Connected as …. What you play there arrives automatically.',
      fr: 'Connecté en tant que …. Ce que vous y écoutez arrive automatiquement.',
    },
  },
  roon: {
    'not-configured': {
      when: 'no Core is named, and nobody wanted it followed',
      en: 'Not connected. What plays at home, live.',
      fr: 'Non connecté. Ce qui joue à la maison, en direct.',
    },
    stopped: {
      when: 'a person does not want it followed',
      en: 'Not following at the moment.',
      fr: 'Suivi arrêté pour le moment.',
    },
    'not-written': {
      when: 'the Core is there, but the library takes nothing',
      en: 'Connected to …, but what plays cannot be saved at the moment.',
      fr: 'Connecté à …, mais ce qui joue ne peut pas être enregistré pour le moment.',
    },
    paired: { when: 'the Core is there', en: 'Connected to ….', fr: 'Connecté à ….' },
    lost: {
      when: 'the Core was there and is not any more',
      en: 'Out of sight since …. Is the Core switched on?',
      fr: 'Perdu de vue depuis …. Le Core est-il allumé ?',
    },
    'waiting-for-approval': {
      when: 'the Core waits for a person’s yes',
      en: 'Waiting for your yes in Roon, under Settings, Extensions.',
      fr: 'Attend votre accord dans Roon, sous Réglages, Extensions.',
    },
    connecting: { when: 'the Core does not answer yet', en: 'Reaching the Core.', fr: 'Rejoint le Core.' },
    searching: {
      when: 'no Core is found yet',
      en: 'Looking for a Core on this network.',
      fr: 'Cherche un Core sur ce réseau.',
    },
  },
  discogs: {
    'not-configured': {
      when: 'nothing is entered that it could be asked with',
      en: 'Not connected. The records you own, and pictures of their artists.',
      fr: 'Non connecté. Les disques que vous possédez, et des portraits de leurs artistes.',
    },
    refused: {
      when: 'it did not take the key, and nobody acted since',
      en: 'It did not accept the key. Check it, or make a new one.',
      fr: 'N’a pas accepté la clé. Vérifiez-la, ou faites-en une nouvelle.',
    },
    failing: {
      when: 'the last request of an import or a look-up came to nothing, and is tried again',
      en: 'The last request failed. Your library is safe here; AIME tries again automatically.',
      fr: 'La dernière demande a échoué. Vos disques sont en sûreté ici ; AIME réessaie automatiquement.',
    },
    importing: { when: 'an import is under way', en: 'Bringing your collection in.', fr: 'Votre collection arrive.' },
    'import-failed': {
      when: 'the last import broke off',
      en: 'The last import broke off. What it brought stays; begin it again when you like.',
      fr: 'Le dernier import s’est interrompu. Ce qu’il a apporté reste ; relancez-le quand vous voulez.',
    },
    'last-failed': {
      when: 'a person’s test came to nothing, and nothing was asked since',
      en: 'The last request failed.',
      fr: 'La dernière demande a échoué.',
    },
    'import-cancelled': {
      when: 'a person ended the last import',
      en: 'The last import was cancelled. What it brought stays.',
      fr: 'Le dernier import a été annulé. Ce qu’il a apporté reste.',
    },
    ready: {
      when: 'the last import came to its end',
      en: 'The last import, for …, came to its end.',
      fr: 'Le dernier import, pour …, est allé jusqu’au bout.',
    },
    answered: { when: 'it answered, and there was no import yet', en: 'Ready.', fr: 'Prêt.' },
    unasked: {
      when: 'it was not asked yet with these settings',
      en: 'Set up. The first import shows whether it answers.',
      fr: 'En place. Le premier import montrera si le service répond.',
    },
  },
  spotify: {
    'not-configured': {
      when: 'nothing is entered that it could be asked with',
      en: 'Not connected. Fetches what is missing: covers, artists’ photographs, years and links.',
      fr: 'Non connecté. Trouve ce qui manque : pochettes, portraits d’artistes, années et liens.',
    },
    refused: {
      when: 'it did not take what it was asked with, and nobody acted since',
      en: 'It did not accept the key. Check it, or make a new one.',
      fr: 'N’a pas accepté la clé. Vérifiez-la, ou faites-en une nouvelle.',
    },
    'lookups-paused': {
      when: 'a person wants nothing looked up for now',
      en: 'Paused: nothing is looked up until you continue.',
      fr: 'En pause : rien n’est cherché tant que vous ne continuez pas.',
    },
    blocked: {
      when: 'it asked for a pause, which is not over',
      en: 'It asked for a pause. AIME continues automatically afterwards.',
      fr: 'A demandé une pause. AIME reprend ensuite automatiquement.',
    },
    'last-failed': {
      when: 'a person’s test came to nothing, and nothing was asked since',
      en: 'The last request failed.',
      fr: 'La dernière demande a échoué.',
    },
    resting: {
      when: 'a pause from before the start is not over',
      en: 'Paused for a while. AIME continues automatically afterwards.',
      fr: 'En pause pour un moment. AIME reprend ensuite automatiquement.',
    },
    failing: {
      when: 'the last look-up came to nothing, and is tried again',
      en: 'The last request failed. Your library is safe here; AIME tries again automatically.',
      fr: 'La dernière demande a échoué. Vos disques sont en sûreté ici ; AIME réessaie automatiquement.',
    },
    unasked: {
      when: 'it was not asked yet with these settings',
      en: 'Set up. The next look-up shows whether it answers.',
      fr: 'En place. La prochaine recherche montrera si le service répond.',
    },
    ready: { when: 'it answered the last time', en: 'Ready.', fr: 'Prêt.' },
  },
  musicbrainz: {
    'no-contact': {
      when: 'no address is entered that it could write to',
      en: 'Finds covers of records that have none, and their years. It needs no key. It wants to know whom to write to about this copy of AIME: enter an address, and it is asked.',
      fr: 'Trouve les pochettes des disques qui n’en ont pas, et leurs années. Aucune clé n’est nécessaire. Il veut savoir à qui écrire au sujet de cette installation d’AIME : entrez une adresse, et il sera consulté.',
    },
    'switched-off': {
      when: 'a person does not want it asked by itself',
      en: 'Switched off: it is asked only for what you look for there yourself. Finds covers of records that have none, and their years. It needs no key.',
      fr: 'Désactivé : il n’est consulté que pour ce que vous y cherchez vous-même. Trouve les pochettes des disques qui n’en ont pas, et leurs années. Aucune clé n’est nécessaire.',
    },
    refused: {
      when: 'it did not take what it was asked with, and nobody acted since',
      en: 'It refuses to answer. It needs no key: check the address to write to.',
      fr: 'Refuse de répondre. Aucune clé n’est nécessaire : vérifiez l’adresse où écrire.',
    },
    'lookups-paused': {
      when: 'a person wants nothing looked up for now',
      en: 'Paused: nothing is looked up until you continue.',
      fr: 'En pause : rien n’est cherché tant que vous ne continuez pas.',
    },
    blocked: {
      when: 'it asked for a pause, which is not over',
      en: 'It asked for a pause. AIME continues automatically afterwards.',
      fr: 'A demandé une pause. AIME reprend ensuite automatiquement.',
    },
    'last-failed': {
      when: 'a person’s test came to nothing, and nothing was asked since',
      en: 'The last request failed.',
      fr: 'La dernière demande a échoué.',
    },
    resting: {
      when: 'a pause from before the start is not over',
      en: 'Paused for a while. AIME continues automatically afterwards.',
      fr: 'En pause pour un moment. AIME reprend ensuite automatiquement.',
    },
    failing: {
      when: 'the last look-up came to nothing, and is tried again',
      en: 'The last request failed. Your library is safe here; AIME tries again automatically.',
      fr: 'La dernière demande a échoué. Vos disques sont en sûreté ici ; AIME réessaie automatiquement.',
    },
    unasked: {
      when: 'it was not asked yet with these settings',
      en: 'Set up. The next look-up shows whether it answers.',
      fr: 'En place. La prochaine recherche montrera si le service répond.',
    },
    ready: { when: 'it answered the last time', en: 'Ready.', fr: 'Prêt.' },
  },
  euria: {
    'not-configured': {
      when: 'no address is entered',
      en: 'Not connected. Writes haiku, summaries and playlists when you ask; automatically only if you turn that on.',
      fr: 'Non connecté. Écrit haïkus, résumés et playlists à votre demande ; d’office seulement si vous l’activez.',
    },
    'no-key': {
      when: 'it refused, and no token is entered',
      en: 'It wants an access token, and none is entered.',
      fr: 'Demande un jeton d’accès, et aucun n’est saisi.',
    },
    refused: {
      when: 'it did not take the token',
      en: 'It did not accept the key. Check it, or make a new one.',
      fr: 'N’a pas accepté la clé. Vérifiez-la, ou faites-en une nouvelle.',
    },
    'must-be-seen-to': {
      when: 'it wants something of a person first',
      en: 'It cannot write the way it is set up.',
      fr: 'Ne peut pas écrire avec ces réglages.',
    },
    paused: {
      when: 'it asked for a pause, which is not over',
      en: 'It asked for a pause, and is not asked before that is over.',
      fr: 'A demandé une pause ; d’ici là, rien ne lui est demandé.',
    },
    writing: { when: 'a text is being written', en: 'Writing at this moment.', fr: 'Écrit en ce moment.' },
    'last-failed': {
      when: 'the last request came to nothing',
      en: 'The last request failed.',
      fr: 'La dernière demande a échoué.',
    },
    'asked-none': {
      when: 'no texts are allowed at all',
      en: 'Ready, but there is nothing it may write: the texts a day are set to none.',
      fr: 'Prêt, mais rien ne peut s’écrire : le nombre de textes par jour est réglé sur aucun.',
    },
    'only-by-itself': {
      when: 'people may ask for none, and it writes by itself',
      en: 'Ready. It only writes automatically: the texts a day that you ask for are set to none.',
      fr: 'Prêt. EurIA n’écrit que d’office : les textes à votre demande sont réglés sur aucun.',
    },
    'all-caps-reached': {
      when: 'neither people nor it may have more today',
      en: 'Ready, but the texts of today are written, the automatic ones and those you may ask for. It continues tomorrow.',
      fr: 'Prêt, mais les textes du jour sont écrits, les siens comme ceux que vous pouvez demander. La suite demain.',
    },
    'asked-cap-reached': {
      when: 'people may ask for no more today',
      en: 'Ready, but all that you may ask for today was asked for. Ask again tomorrow, or allow more under EurIA.',
      fr: 'Prêt, mais tout ce que vous pouvez demander aujourd’hui a été demandé. Redemandez demain, ou permettez-en plus sous EurIA.',
    },
    'cap-reached': {
      when: 'it may write no more by itself today',
      en: 'Ready. What it may write automatically today is written; that continues tomorrow. It still writes when you ask.',
      fr: 'Prêt. Les textes d’office d’aujourd’hui sont écrits ; la suite demain. À votre demande, EurIA écrit encore.',
    },
    unasked: {
      when: 'it was not asked yet with these settings',
      en: 'Set up. The next text shows whether it answers.',
      fr: 'En place. Le prochain texte montrera si le service répond.',
    },
    'by-itself': {
      when: 'it writes by itself, and there is something to write',
      en: 'Ready. It writes automatically, spread over the day, and when you ask.',
      fr: 'Prêt. EurIA écrit d’office, au fil de la journée, et à votre demande.',
    },
    'nothing-left': {
      when: 'it writes by itself, and nothing is left to write',
      en: 'Ready. Nothing is left to write automatically; it writes when you ask.',
      fr: 'Prêt. Il ne reste rien à écrire d’office ; EurIA écrit à votre demande.',
    },
    'when-asked': {
      when: 'it writes when a person asks',
      en: 'Ready. It writes when you ask.',
      fr: 'Prêt. EurIA écrit à votre demande.',
    },
  },
};

/** What went wrong, which stands after the sentence of a state that does not say it. */
export const SERVICE_ERROR_SENTENCES = {
  refused: { when: 'it did not take the key', en: '… does not accept the key.', fr: '… n’accepte pas la clé.' },
  'history-private': {
    when: 'the user whose history is read hides it from others',
    en: '… keeps this user’s recent listening private. Connect the account here, or make it visible there.',
    fr: '… garde privées les écoutes récentes de cet utilisateur. Connectez son compte ici, ou rendez-les visibles là-bas.',
  },
  'rate-limited': { when: 'it asked for a pause', en: '… was asked too often.', fr: '… a été trop sollicité.' },
  broken: { when: 'it answered that it has a problem', en: '… has a problem.', fr: '… a un problème.' },
  malformed: {
    when: 'its answer was none',
    en: 'The answer of … cannot be read.',
    fr: 'La réponse de … est illisible.',
  },
  unreachable: { when: 'nobody answered at its address', en: '… cannot be reached.', fr: '… est injoignable.' },
  'no-credit': { when: 'it wants to be paid first', en: '… wants to be paid first.', fr: '… veut d’abord être payé.' },
} satisfies Sentences<string>;

/** What the mark says on every page, in a sentence; `short` is what stands beside it. */
export const CONDITIONS = {
  'database-damaged': {
    when: 'the library’s file is damaged',
    en: 'The library’s file on the server is damaged',
    fr: 'Le fichier de la bibliothèque est abîmé sur le serveur',
    short: { en: 'Library damaged', fr: 'Bibliothèque abîmée' },
  },
  'database-log-gone': {
    when: 'the library’s log was removed while the server runs',
    en: 'A file of the library was removed on the server',
    fr: 'Un fichier de la bibliothèque a été supprimé sur le serveur',
    short: { en: 'File removed', fr: 'Fichier supprimé' },
  },
  'disk-full': {
    when: 'the library’s disk has no room',
    en: 'The server’s disk is full',
    fr: 'Le disque du serveur est plein',
    short: { en: 'Disk full', fr: 'Disque plein' },
  },
  'disk-failing': {
    when: 'the library’s disk refuses to be written',
    en: 'The server cannot write to its disk',
    fr: 'Le serveur ne peut pas écrire sur son disque',
    short: { en: 'Disk problem', fr: 'Souci de disque' },
  },
  'database-busy': {
    when: 'another program holds the library',
    en: 'Another program on the server holds the library',
    fr: 'Un autre programme du serveur occupe la bibliothèque',
    short: { en: 'Library in use', fr: 'Bibliothèque occupée' },
  },
  'disk-low': {
    when: 'the library’s disk is nearly full',
    en: 'The server’s disk is nearly full',
    fr: 'Le disque du serveur est presque plein',
    short: { en: 'Disk nearly full', fr: 'Disque presque plein' },
  },
  'backup-failed': {
    when: 'the last backup failed',
    en: 'The last backup failed',
    fr: 'La dernière sauvegarde a échoué',
    short: { en: 'Backup failed', fr: 'Sauvegarde échouée' },
  },
  'backup-old': {
    when: 'the newest good backup is older than two days',
    en: 'The last good backup is too old',
    fr: 'La dernière bonne sauvegarde est trop ancienne',
    short: { en: 'Backup too old', fr: 'Sauvegarde trop ancienne' },
  },
  'backup-none': {
    when: 'there is no backup, and there should be one',
    en: 'The library is not backed up',
    fr: 'La bibliothèque n’est pas sauvegardée',
    short: { en: 'No backup', fr: 'Aucune sauvegarde' },
  },
  'backup-second': {
    when: 'the second folder lacks the newest backup',
    en: 'The second folder lacks the last backup',
    fr: 'La dernière sauvegarde manque dans le second dossier',
    short: { en: 'Backup not copied', fr: 'Sauvegarde non copiée' },
  },
  'service-refused': {
    when: 'a service did not take the key',
    en: '… refuses access',
    fr: '… refuse l’accès',
    short: { en: '… refuses', fr: '… refuse' },
  },
  'service-needs': {
    when: 'a service wants something of a person first',
    en: '… cannot be used as it is set up',
    fr: '… ne peut pas servir tel qu’il est réglé',
    short: { en: '… needs you', fr: '… a besoin de vous' },
  },
  'service-silent': {
    when: 'a service that is asked again and again has not answered for a minute',
    en: '… does not answer',
    fr: '… ne répond pas',
    short: { en: '… silent', fr: '… muet' },
  },
  'tracker-frozen': {
    when: 'two polls of Last.fm in a row failed, or none went well for a minute after a failure',
    en: 'Last.fm has not been read since …',
    fr: 'Last.fm n’a pas été lu depuis …',
    short: { en: 'Last.fm not read', fr: 'Last.fm non lu' },
  },
} satisfies Readonly<Record<string, Sentence & { short: Omit<Sentence, 'when'> }>>;

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
    en: 'Does not work offline: this address is plain HTTP, and browsers only keep apps from a secure one. Open AIME over HTTPS, once the server has a certificate.',
    fr: 'Ne fonctionne pas hors ligne : cette adresse est en HTTP simple, et les navigateurs ne gardent une application que d’une adresse sûre. Ouvrez AIME en HTTPS, une fois le serveur muni d’un certificat.',
  },
  unsupported: {
    when: 'the browser has no service workers here',
    en: 'Does not work offline: this browser cannot keep the app here, often because the window is private. Open AIME in an ordinary window, or in another browser.',
    fr: 'Ne fonctionne pas hors ligne : ce navigateur ne peut pas garder l’application ici, souvent parce que la fenêtre est privée. Ouvrez AIME dans une fenêtre ordinaire, ou dans un autre navigateur.',
  },
  certificate: {
    when: 'the browser does not trust the server’s certificate',
    en: 'Does not work offline: this device does not trust the server’s certificate. Install that certificate, or the authority that signed it, on this device, then reload.',
    fr: 'Ne fonctionne pas hors ligne : cet appareil ne fait pas confiance au certificat du serveur. Installez sur cet appareil ce certificat, ou l’autorité qui l’a signé, puis rechargez.',
  },
  blocked: {
    when: 'the browser is set to keep nothing from this address',
    en: 'Does not work offline: this browser is set to keep nothing from this address. Allow cookies and site data for it in the browser’s settings, then reload.',
    fr: 'Ne fonctionne pas hors ligne : ce navigateur est réglé pour ne rien garder de cette adresse. Autorisez-y les cookies et les données de site dans ses réglages, puis rechargez.',
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
    en: 'Does not work offline: this window keeps nothing, as private windows do. Open AIME in an ordinary window.',
    fr: 'Ne fonctionne pas hors ligne : cette fenêtre ne garde rien, comme les fenêtres privées. Ouvrez AIME dans une fenêtre ordinaire.',
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

/** Installing: what stands where the browser offers it, where it is done, and on an iPhone or iPad; nothing stands elsewhere. */
export const INSTALL = {
  installed: {
    when: 'the window is the installed app, or it was installed from here',
    en: 'Installed on this device.',
    fr: 'Installé sur cet appareil.',
  },
  prompt: {
    when: 'the browser offers to install it',
    en: 'On the home screen, without the browser around it.',
    fr: 'Sur l’écran d’accueil, sans le navigateur autour.',
  },
  share: {
    when: 'an iPhone or iPad, at a secure address',
    en: 'Tap Share in the browser’s bar.',
    fr: 'Touchez Partager dans la barre du navigateur.',
  },
} satisfies Readonly<Record<NonNullable<InstallWay>, Sentence>>;

/** The sentence as it may stand on a page. @param more what may follow it. */
export function patternOf(
  { en, fr }: Pick<Sentence, 'en' | 'fr'>,
  language: 'en' | 'fr',
  more: Pick<Sentence, 'en' | 'fr'> | null = null,
): RegExp {
  const source = (text: string) =>
    text
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('…', '.+')
      .replace(/[ \u00a0\u202f]/g, '\\s');
  const texts = [{ en, fr }, ...(more ? [more] : [])].map((each) => source(each[language]));
  return new RegExp(`^${texts.join(' ')}$`, 'u');
}
