import { RestoreFailure } from '#shared/api/backups.ts';

export { RestoreFailure };

/**
 * A backup that a person chose to bring back while the server runs. It takes the library's place at the next start, before the
 * library is opened, and in a process of its own: no connection to the former file may outlive it.
 */
export interface RestorePlan {
  /** The backup's name; null when none is chosen. */
  chosen(): string | null;
  /**
   * Reads it as a restore would, every digest and the database inside, before it is chosen.
   *
   * @param instead the one that gives way to it once it is found good; until then that stays chosen.
   * @returns false when another one is chosen already: that one stays until it is cancelled. @throws with a message for people when it cannot be brought back.
   */
  choose(name: string, instead?: string): Promise<boolean>;
  /** Nothing is chosen any more, and a failure that was shown is forgotten. */
  cancel(): void;
  /** What became of the one that was chosen last, when it failed; null when nothing is to be reported. */
  failure(): RestoreFailure | null;
  /** Carries it out, once. @returns what the program said and whether it succeeded; null when nothing was chosen. */
  carryOut(): { name: string; succeeded: boolean; said: string } | null;
}
