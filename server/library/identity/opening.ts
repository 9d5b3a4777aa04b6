/**
 * What a file says of the opening it was last written in, as the text in `library_state.opening`: the token of that opening, and how
 * many commits the library had come to. A copy that was made earlier in the same opening is distinguished from the file by the count.
 */
export interface OpeningMark {
  token: string;
  /** Goes on from one opening to the next. 0 in files from before commits were counted. */
  commits: number;
}

const DIGITS = 12;

export const openingText = ({ token, commits }: OpeningMark): string =>
  `${token}:${String(commits).padStart(DIGITS, '0')}`;

/** @returns null for a file that was never opened. */
export function parsedOpening(text: string | null): OpeningMark | null {
  if (text === null) return null;
  const [token = '', commits = '0'] = text.split(':');
  return { token, commits: Number(commits) };
}

/** The furthest mark of one of these tokens in a page of a file; null when it has none. What a page held before may still be in it. */
export function furthestMark(page: Buffer, tokens: readonly string[]): OpeningMark | null {
  const text = page.toString('latin1');
  const found = tokens.flatMap((token) =>
    [...text.matchAll(new RegExp(`${token}(?::(\\d{${DIGITS}}))?`, 'g'))].map(([, commits = '0']) => ({
      token,
      commits: Number(commits),
    })),
  );
  return found.reduce<OpeningMark | null>(
    (furthest, mark) => (furthest === null || mark.commits > furthest.commits ? mark : furthest),
    null,
  );
}
