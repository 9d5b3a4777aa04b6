import type { CatalogueRecord } from '../catalogue/record.ts';
import { numberOf } from '../catalogue/inventedRecords.ts';

/** What the simulated model knows when it writes. */
export interface PromptContext {
  /** The whole prompt, in one text. */
  prompt: string;
  language: 'fr' | 'en';
  /** The record the prompt is about, where it is one of the catalogue's. */
  record: CatalogueRecord | undefined;
}

const HAIKU = {
  fr: [
    'La lampe s’éteint\nun sillon garde la pluie\nle quai se souvient',
    'Neige sur les fils\nune note reste assise\nprès de la fenêtre',
    'Dernier tram du soir\nle souffle d’un saxophone\nremonte la rue',
    'Cour vide en juillet\nle piano cherche son ombre\nsous le marronnier',
  ],
  en: [
    'The lamp burns lower\na groove is keeping the rain\nthe quay remembers',
    'Snow along the wires\none note has taken its seat\nbeside the window',
    'Last tram of the night\nbreath out of a saxophone\nclimbing the wet street',
    'Courtyard in July\nthe piano looks for its shade\nunder the chestnut',
  ],
};

export function haiku({ prompt, language }: PromptContext): string {
  const poems = HAIKU[language];
  return poems[numberOf(prompt) % poems.length]!;
}

export function summary({ prompt, language, record }: PromptContext): string {
  const number = numberOf(prompt);
  if (language === 'fr') {
    const what = record
      ? `« ${record.title} », paru en ${record.year}, montre ${record.artist}`
      : 'Ce disque montre son auteur';
    return `${what} au plus près de ses thèmes : la ville, la nuit, le départ. ${number % 2 === 0 ? 'La prise de son est proche et sans apprêt.' : 'Les arrangements restent clairs et laissent respirer les voix.'} On y revient pour sa patience.`;
  }
  const what = record
    ? `“${record.title}”, from ${record.year}, finds ${record.artist}`
    : 'This record finds its maker';
  return `${what} close to familiar themes: the city, the night, leaving. ${number % 2 === 0 ? 'The recording is near and plain.' : 'The arrangements stay clear and let the voices breathe.'} It is one to come back to for its patience.`;
}

/** Only a prompt that speaks of a soundtrack has a film. */
export const isSoundtrack = ({ prompt }: PromptContext): boolean =>
  /soundtrack|bande originale|bande-son/i.test(prompt);
