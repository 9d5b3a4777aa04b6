import type { CodeOf } from '#shared/library/serviceStates.ts';
import type { UpstreamId } from '#shared/upstreams/registry.ts';
import { EURIA } from './euria.ts';
import type { Sentences } from './sentence.ts';

/** What Settings says of a service that is asked for what is missing, in the states that all such services have. */
const LOOKUPS = {
  'lookups-paused': {
    when: 'a person wants nothing looked up for now',
    en: 'Paused: nothing is looked up until you continue.',
    fr: 'En pause : rien n’est cherché tant que vous ne continuez pas.',
  },
  blocked: {
    when: 'it asked for a pause, which is not over',
    en: '… asked for a pause. AIME continues automatically afterwards.',
    fr: '… a demandé une pause. AIME reprend ensuite automatiquement.',
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
    en: 'Set up. The next look-up will show whether the connection works.',
    fr: 'En place. La prochaine recherche montrera si la connexion fonctionne.',
  },
  ready: { when: 'it answered the last time', en: 'Ready.', fr: 'Prêt.' },
} satisfies Sentences<string>;

/** What Settings says of each service in each of its states. */
export const SERVICES: { readonly [Id in UpstreamId]: Sentences<CodeOf<Id>> } = {
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
      en: 'Last.fm does not take what you log here. Connect the account again.',
      fr: 'Last.fm n’accepte pas ce que vous notez ici. Connectez le compte à nouveau.',
    },
    stopped: {
      when: 'a person does not want it followed',
      en: 'Not following at the moment.',
      fr: 'Suivi arrêté pour le moment.',
    },
    unasked: {
      when: 'no reading with these settings has ended yet',
      en: 'Set up for …. The next check for new listens will show whether the connection works.',
      fr: 'En place pour …. La prochaine recherche de nouvelles écoutes montrera si la connexion fonctionne.',
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
      en: 'The key was not accepted. Check it, or make a new one.',
      fr: 'La clé n’a pas été acceptée. Vérifiez-la, ou faites-en une nouvelle.',
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
      en: 'Set up. The first import will show whether the connection works.',
      fr: 'En place. Le premier import montrera si la connexion fonctionne.',
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
      en: 'The key was not accepted. Check it, or make a new one.',
      fr: 'La clé n’a pas été acceptée. Vérifiez-la, ou faites-en une nouvelle.',
    },
    ...LOOKUPS,
  },
  musicbrainz: {
    'no-contact': {
      when: 'no address is entered that it could write to',
      en: 'Finds covers of records that have none, and their years. No key is needed. MusicBrainz wants to know whom to write to about this copy of AIME: enter an address, and MusicBrainz is asked.',
      fr: 'Trouve les pochettes des disques qui n’en ont pas, et leurs années. Aucune clé n’est nécessaire. MusicBrainz veut savoir à qui écrire au sujet de cette installation d’AIME : entrez une adresse, et MusicBrainz sera consulté.',
    },
    'switched-off': {
      when: 'a person does not want it asked by itself',
      en: 'Switched off: MusicBrainz is asked only for what you look for there yourself. Finds covers of records that have none, and their years. No key is needed.',
      fr: 'Désactivé : MusicBrainz n’est consulté que pour ce que vous y cherchez vous-même. Trouve les pochettes des disques qui n’en ont pas, et leurs années. Aucune clé n’est nécessaire.',
    },
    refused: {
      when: 'it did not take what it was asked with, and nobody acted since',
      en: 'MusicBrainz refuses to answer. No key is needed: check the address to write to.',
      fr: 'MusicBrainz refuse de répondre. Aucune clé n’est nécessaire : vérifiez l’adresse où écrire.',
    },
    ...LOOKUPS,
  },
  euria: EURIA,
};
