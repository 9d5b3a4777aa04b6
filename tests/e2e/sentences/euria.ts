import type { CodeOf } from '#shared/library/serviceStates.ts';
import type { Sentences } from './sentence.ts';

/** What Settings says of EurIA in each of its states. */
export const EURIA: Sentences<CodeOf<'euria'>> = {
  'not-configured': {
    when: 'no address is entered',
    en: 'Not connected. Writes haiku, summaries and playlists when you ask; automatically only if you turn that on.',
    fr: 'Non connecté. Écrit haïkus, résumés et playlists à votre demande ; d’office seulement si vous l’activez.',
  },
  'no-key': {
    when: 'it refused, and no token is entered',
    en: 'EurIA wants an access token, and none is entered.',
    fr: 'EurIA demande un jeton d’accès, et aucun n’est saisi.',
  },
  refused: {
    when: 'it did not take the token',
    en: 'The key was not accepted. Check it, or make a new one.',
    fr: 'La clé n’a pas été acceptée. Vérifiez-la, ou faites-en une nouvelle.',
  },
  'must-be-seen-to': {
    when: 'it wants something of a person first',
    en: 'EurIA cannot write the way it is set up.',
    fr: 'EurIA ne peut pas écrire avec ces réglages.',
  },
  paused: {
    when: 'it asked for a pause, which is not over',
    en: 'EurIA asked for a pause, and is not asked before that is over.',
    fr: 'EurIA a demandé une pause ; rien n’est demandé avant sa fin.',
  },
  writing: { when: 'a text is being written', en: 'Writing at this moment.', fr: 'Écrit en ce moment.' },
  'last-failed': {
    when: 'the last request came to nothing',
    en: 'The last request failed.',
    fr: 'La dernière demande a échoué.',
  },
  'asked-none': {
    when: 'no texts are allowed at all',
    en: 'Ready, but there is nothing EurIA may write: the texts a day are set to none.',
    fr: 'Prêt, mais rien ne peut s’écrire : le nombre de textes par jour est réglé sur aucun.',
  },
  'only-by-itself': {
    when: 'people may ask for none, and it writes by itself',
    en: 'Ready. EurIA only writes automatically: the texts a day that you ask for are set to none.',
    fr: 'Prêt. EurIA n’écrit que d’office : les textes à votre demande sont réglés sur aucun.',
  },
  'all-caps-reached': {
    when: 'neither people nor it may have more today',
    en: 'Ready, but the texts of today are written, the automatic ones and those you may ask for. EurIA continues tomorrow.',
    fr: 'Prêt, mais les textes du jour sont écrits, ceux d’office comme ceux que vous pouvez demander. La suite demain.',
  },
  'asked-cap-reached': {
    when: 'people may ask for no more today',
    en: 'Ready, but you have asked for as many texts as are allowed today. Ask again tomorrow, or allow more under EurIA.',
    fr: 'Prêt, mais vous avez demandé aujourd’hui autant de textes qu’il est permis. Redemandez demain, ou permettez-en plus sous EurIA.',
  },
  'cap-reached': {
    when: 'it may write no more by itself today',
    en: 'Ready. What EurIA may write automatically today is written; that continues tomorrow. EurIA still writes when you ask.',
    fr: 'Prêt. Les textes d’office d’aujourd’hui sont écrits ; la suite demain. À votre demande, EurIA écrit encore.',
  },
  unasked: {
    when: 'it was not asked yet with these settings',
    en: 'Set up. The next text will show whether the connection works.',
    fr: 'En place. Le prochain texte montrera si la connexion fonctionne.',
  },
  'by-itself': {
    when: 'it writes by itself, and there is something to write',
    en: 'Ready. EurIA writes automatically, spread over the day, and when you ask.',
    fr: 'Prêt. EurIA écrit d’office, au fil de la journée, et à votre demande.',
  },
  'nothing-left': {
    when: 'it writes by itself, and nothing is left to write',
    en: 'Ready. Nothing is left to write automatically; EurIA writes when you ask.',
    fr: 'Prêt. Il ne reste rien à écrire d’office ; EurIA écrit à votre demande.',
  },
  'when-asked': {
    when: 'it writes when a person asks',
    en: 'Ready. EurIA writes when you ask.',
    fr: 'Prêt. EurIA écrit à votre demande.',
  },
};
