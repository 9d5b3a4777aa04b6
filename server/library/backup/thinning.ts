import type { Calendar } from '#shared/journal/calendar.ts';
import { backupsToKeep } from '../files/backupNames.ts';
import type { Ancestor, LibraryIdentity } from '../api/libraryIdentity.ts';
import type { Backup } from '../api/backups.ts';

/** Backups made for a passing reason are kept this many of each. */
const MAX_PRECAUTIONARY = 5;
/** Clocks set wrong in different ways that are distinguished; what is dated by still others is thinned out as one. */
const MOST_CLOCKS = 4;

/** What a library is known by among others whose backups lie in the same folder: its id, and its lives, the present one first. */
export interface Lineage {
  libraryId: string;
  lives: readonly Pick<Ancestor, 'epoch' | 'begunAt'>[];
}

/** The lineage ends where the library was built anew from a device: what was lost then may be in the backups from before alone. */
export function lineageOf(life: Pick<LibraryIdentity, 'libraryId' | 'lives'>): Lineage {
  const lives = life.lives();
  const built = lives.findIndex(({ cause }) => cause === 'rebuild');
  return { libraryId: life.libraryId, lives: built === -1 ? lives : lives.slice(0, built + 1) };
}

/**
 * True for a backup of this very library. One of another is not, nor one that a copy of this library's folder made of its own, in a life
 * that ended here before; nor one of which that is not known.
 */
export function isOwn({ libraryId, epoch, createdAt }: Backup, lineage: Lineage): boolean {
  const at = lineage.lives.findIndex((life) => life.epoch === epoch);
  if (at === -1 || (libraryId !== null && libraryId !== lineage.libraryId)) return false;
  return at === 0 || createdAt <= lineage.lives[at - 1]!.begunAt;
}

/** In the order they were made, whatever clocks said: by how far the library had come. @param latest the name of the one made just now. */
function inOrderMade(backups: readonly Backup[], { lives }: Lineage, latest: string | null): Backup[] {
  const age = new Map(lives.map(({ epoch }, index) => [epoch, index]));
  const place = ({ epoch }: Backup) => -age.get(epoch!)!;
  return [...backups].sort(
    (one, other) =>
      Number(one.name === latest) - Number(other.name === latest) ||
      place(one) - place(other) ||
      one.lastSeq! - other.lastSeq! ||
      one.createdAt - other.createdAt ||
      one.name.localeCompare(other.name),
  );
}

/** As many as can be of a list in which each is dated no earlier than the one before. @param backups in the order they were made. */
function datedInOrder(backups: readonly Backup[]): Backup[] {
  const chains: { length: number; before: number | null }[] = [];
  for (const [index, { createdAt }] of backups.entries()) {
    let best = { length: 1, before: null as number | null };
    for (const [before, { length }] of chains.entries())
      if (backups[before]!.createdAt <= createdAt && length >= best.length) best = { length: length + 1, before };
    chains[index] = best;
  }
  const longest = chains.reduce(
    (found, { length }, index) => (length >= (chains[found]?.length ?? 0) ? index : found),
    0,
  );
  const chain: Backup[] = [];
  for (let at: number | null = backups.length === 0 ? null : longest; at !== null; at = chains[at]!.before)
    chain.unshift(backups[at]!);
  return chain;
}

/**
 * The scheduled ones that stay. Those whose dates go on as they were made are of one clock; a clock that was set wrong dates others
 * before or after them. Each clock's are thinned out among themselves, so that a wrong date takes no right one's place; the one made
 * last always stays.
 */
function scheduledToKeep(made: readonly Backup[], calendar: Calendar): Set<Backup> {
  const keep = new Set(made.slice(-1));
  let rest = [...made];
  for (let clocks = 1; rest.length > 0; clocks += 1) {
    const chain = new Set(clocks < MOST_CLOCKS ? datedInOrder(rest) : rest);
    // The last made first: it is the one that stays of two of the same second.
    for (const backup of backupsToKeep([...chain].reverse(), calendar)) keep.add(backup);
    rest = rest.filter((backup) => !chain.has(backup));
  }
  return keep;
}

/**
 * The backups of a folder that are superfluous: of this library alone, made by schedule or for a passing reason, and sound.
 *
 * @param latest the name of the one made just now, which stays; null when none was.
 */
export function superfluous(
  backups: readonly Backup[],
  { lineage, latest, calendar }: { lineage: Lineage; latest: string | null; calendar: Calendar },
): Backup[] {
  const made = inOrderMade(
    backups.filter((backup) => backup.flaw === null && isOwn(backup, lineage)),
    lineage,
    latest,
  );
  const scheduled = made.filter(({ kind }) => kind === 'scheduled');
  const keep = scheduledToKeep(scheduled, calendar);
  const before = (['before-migration', 'before-mending', 'before-restore'] as const).flatMap((reason) =>
    made.filter(({ kind }) => kind === reason).slice(0, -MAX_PRECAUTIONARY),
  );
  return [...scheduled.filter((backup) => !keep.has(backup)), ...before];
}
