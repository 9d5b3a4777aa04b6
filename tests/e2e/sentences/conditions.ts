import type { Sentence } from './sentence.ts';

/** What the server indicator says on every page, in a sentence; `short` is what stands beside it. */
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
