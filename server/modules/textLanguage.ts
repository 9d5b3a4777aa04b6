import type { ModuleContext } from './module.ts';

/**
 * The language that EurIA writes in, as a tag such as `fr`: the one set for it, else the household's, which the first run asks for;
 * French, as the specification has it, where nobody chose either.
 */
export const textLanguage = ({ config, library }: Pick<ModuleContext, 'config' | 'library'>): string =>
  config.get('euria.language') ?? library.household.get().language ?? 'fr';
