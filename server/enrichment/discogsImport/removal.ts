import { type Missing, withheld } from '../../kit/absence.ts';
import { nowSeconds } from '../../kit/clock.ts';
import { type ImportContext, type ImportState, LISTS, type ListName } from './importState.ts';

/** So much of the shelf under a new name is the same person's, where the account's number was not known yet. */
const SAME_PERSONS_SHARE = 4 / 5;

/** What was not listed goes from the lists that were read whole, as far as it may. @returns how many copies went. */
export async function removeMissing(
  context: ImportContext,
  areWantsWhole: boolean,
  signal: AbortSignal,
): Promise<number> {
  const { shelf, written, run, clock, log } = context;
  const { pass, whole, username } = run.state;
  const collection = shelf.unseen(pass);
  const otherOwner = otherOwnerOf(run.state, collection);
  const may = (list: ListName, found: Missing): boolean => {
    const stays = withheld(found, run.state.kept?.[list] ?? null, { now: nowSeconds(clock), otherOwner });
    run.save({ kept: { ...run.state.kept, [list]: stays } });
    if (stays !== null)
      log.warn('kept what Discogs no longer lists', {
        list,
        missing: stays.missing,
        of: stays.of,
        since: stays.since,
      });
    return stays === null;
  };
  const removed = whole && may('collection', collection) ? await written(() => shelf.removeUnseen(pass), signal) : 0;
  if (areWantsWhole && may('wants', shelf.unseenWants(pass)))
    await written(() => shelf.removeUnseenWants(pass), signal);
  // The shelf is this account's as soon as nothing of another is on it.
  if (otherOwner === undefined || (whole && areWantsWhole && !LISTS.some((list) => run.state.kept?.[list]))) {
    run.save({
      ...(username !== null && { owner: username }),
      ...(run.state.userId !== undefined && { ownerId: run.state.userId }),
    });
  }
  return removed;
}

/**
 * Whose collection is on the shelf, where it is not that of the account that was read: an account goes by its number. Where the
 * number was not known yet, one of another name that holds most of the shelf is the same person's.
 */
function otherOwnerOf(
  { owner, ownerId, userId, username, whole }: ImportState,
  { keys, of }: Missing,
): string | undefined {
  if (owner === undefined) return undefined;
  if (ownerId !== undefined && userId !== undefined) return ownerId === userId ? undefined : owner;
  if (owner.toLowerCase() === username?.toLowerCase()) return undefined;
  return whole && of > 0 && of - keys.length >= of * SAME_PERSONS_SHARE ? undefined : owner;
}
