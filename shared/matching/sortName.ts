/** Raised with every change of what {@link sortName} makes of any name, so that stored names are made anew. */
export const SORT_NAME_VERSION = 1;

/** Articles that a shelf ignores, English, French, German and Spanish; Italian and Portuguese ones are too often names. */
const ARTICLE = /^(the|an?|les?|la|die|der|das|el|los|las) (?=\S)/iu;
const ELISION = /^(l['’])(?=\p{L})/iu;

/** Names that only look like they start with an article: cities and first names. */
const NO_ARTICLE =
  /^(?:los angeles|las vegas|le mans|la toya|la monte|el debarge|das efx|an pierlé|les (?:paul|baxter|brown|claypool|dudek|elgart|mccann)|a \p{L})(?= |$)/iu;

/**
 * The name as a shelf is ordered by it: a leading article goes to the end ("Beatles, The", "Impératrice, L'").
 * A name that is only an article, and "A" before a single letter (initials), stay as they are.
 */
export function sortName(name: string): string {
  if (NO_ARTICLE.test(name)) return name;
  const article = (ARTICLE.exec(name) ?? ELISION.exec(name))?.[1];
  if (article === undefined) return name;
  const rest = name.slice(article.length).trim();
  return rest === '' ? name : `${rest}, ${article}`;
}
