import type en from '../en/timeline.ts';
import type { Translated } from '../message.ts';

const timeline: Translated<typeof en> = {
  'timeline.title': 'Frise',
  'timeline.sub': { one: '{time} de musique, {n} disque. Le premier à {first}, silence dès {last}.', other: '{time} de musique, {n} disques. Le premier à {first}, silence dès {last}.' },
  'timeline.silent': 'Silence toute la journée.',
  'timeline.silentLead': 'Rien n’a été écouté ce jour-là.',
  'timeline.previous': 'Jour précédent : {day}',
  'timeline.next': 'Jour suivant : {day}',
  'timeline.today': 'Aujourd’hui',
  'timeline.legend': 'Chaque colonne est une heure, de haut en bas. La pochette marque le début d’un disque ; sa couleur dure autant que lui. Les heures silencieuses se replient.',
  'timeline.legendPhone': 'Chaque ligne est une heure, de gauche à droite. Les heures silencieuses se replient.',
  'timeline.table': 'Ce qui a été écouté, heure par heure',
  'timeline.hour': 'Heure',
  'timeline.heard': 'Écouté',
  'timeline.minutes': 'Minutes',
  'timeline.hourOf': 'De {from} à {to}',
  'timeline.hourButton': '{hour}:00, {count}',
  'timeline.silence': 'silence',
  'timeline.silenceUntil': 'silence jusqu’à {time}',
  'timeline.calendar': 'Écoutes de chaque jour',
  'timeline.dayListens': { zero: '{date}, silence', one: '{date}, {n} écoute', other: '{date}, {n} écoutes' },
  'timeline.monthBefore': 'Mois précédent',
  'timeline.monthAfter': 'Mois suivant',
  'timeline.chooseDay': 'Choisir un jour',
  'timeline.heatNone': 'Silence',
  'timeline.heatMost': '{n} écoutes et plus',
  'timeline.noneInHour': 'Silence pendant cette heure.',
  'timeline.track': 'Un titre',
};
export default timeline;
