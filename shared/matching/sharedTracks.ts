import { relateNames, titleForm } from './titles.ts';

/** What two track lists say of their albums: `none` when either is unknown or too short to decide. */
export type TracksRelation = 'shared' | 'foreign' | 'none';

/**
 * Compares the titles heard from an album with those on another. Shared: at least two thirds of the shorter list (and
 * two tracks) stand on the other; foreign: none of three or more does.
 */
export function relateTracks(a: readonly string[] | undefined, b: readonly string[] | undefined): TracksRelation {
  if (a === undefined || b === undefined || a.length === 0 || b.length === 0) return 'none';
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const forms = long.map(titleForm);
  const found = short.filter((title) => forms.some((form) => relateNames(titleForm(title), form) === 'same')).length;
  if (found >= 2 && found * 3 >= short.length * 2) return 'shared';
  return found === 0 && short.length >= 3 ? 'foreign' : 'none';
}
