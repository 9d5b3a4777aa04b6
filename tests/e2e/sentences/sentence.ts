/** A sentence of the app, as a person reads it; `…` stands for what it names. */
export interface Sentence {
  /** What must be so for it to be said. */
  when: string;
  en: string;
  fr: string;
}
/** One for each code. */
export type Sentences<Code extends string> = Readonly<Record<Code, Sentence>>;

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
