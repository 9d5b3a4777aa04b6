import type en from '../en/welcome.ts';
import type { Translated } from '../message.ts';

const welcome: Translated<typeof en> = {
  'welcome.title': 'Bienvenue',
  'welcome.step': '{step} / {steps}',
  'welcome.continue': 'Continuer',
  'welcome.skip': 'Passer pour l’instant',
  'welcome.back': 'Retour',
  'welcome.1.title': 'Bienvenue',
  'welcome.1.lead':
    'AIME garde ce que vous possédez et ce que vous écoutez, sur votre propre serveur. D’abord, la langue et l’apparence.',
  'welcome.2.title': 'Où écoutez-vous ?',
  'welcome.2.lead':
    'Connectez une ou plusieurs sources. AIME lit votre historique et en garde une copie sur votre serveur. Vous pouvez passer et noter à la main.',
  'welcome.2.found': { one: 'Trouvé : {n} écoute', other: 'Trouvé : {n} écoutes' },
  'welcome.2.collection': 'Votre collection',
  'welcome.2.covers': 'Des pochettes, sans clé',
  'welcome.2.check': 'Vérifier',
  'welcome.2.more': 'Roon, Spotify et EurIA sont dans les Réglages.',
  'welcome.2.unanswered':
    'La clé n’a donc pas été vérifiée. Réessayez dans un moment, ou continuez : elle est enregistrée telle quelle.',
  'welcome.3.title': 'Importation',
  'welcome.3.lead': 'Vous pouvez commencer : les jours récents arrivent d’abord.',
  'welcome.3.nothing': 'Rien n’est encore connecté. Vous le ferez dans les Réglages quand vous voudrez.',
  'welcome.3.noneTitle': 'Tout est prêt',
  'welcome.3.unknown':
    'Le serveur ne peut pas être interrogé pour l’instant. Ce que vous avez connecté peut être importé depuis les Réglages.',
  'welcome.3.part':
    '{service} n’est pas connecté : il manque « {field} ». Revenez en arrière, ou ajoutez-le dans les Réglages.',
  'welcome.3.unchecked': 'Ce que vous avez saisi pour {service} est enregistré, sans avoir été vérifié.',
  'welcome.3.refused': 'Ce que vous avez saisi pour {service} est enregistré, mais {service} ne l’accepte pas.',
  'welcome.3.listens': 'Écoutes',
  'welcome.3.records': 'Disques',
  'welcome.3.covers': 'Pochettes',
  'welcome.3.counting': 'on compte',
  'welcome.3.of': '{done} / {total}',
  'welcome.3.open': 'Ouvrir mon journal',
};
export default welcome;
