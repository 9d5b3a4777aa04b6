import { cut } from '#shared/text/cut.ts';

/** Spotify refuses texts above 250 characters; a name's beginning finds it as well. */
const LONGEST_FILTER = 100;

/** Quotes would end a filter early, and none of these signs helps to find a name. */
const clean = (text: string): string =>
  cut(
    text
      .replace(/["“”„«»\\]/gu, ' ')
      .replace(/\s+/gu, ' ')
      .trim(),
    LONGEST_FILTER,
    LONGEST_FILTER,
  ).trim();

/** @returns Spotify's search text, `artist:"…" album:"…"`; a filter without content is left out, '' when both are. */
export function searchText(filters: { artist?: string; album?: string }): string {
  return Object.entries(filters)
    .map(([name, text]) => [name, clean(text)])
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${name}:"${text}"`)
    .join(' ');
}
