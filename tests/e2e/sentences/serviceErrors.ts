import type { Sentences } from './sentence.ts';

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
