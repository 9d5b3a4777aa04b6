export interface Gate {
  name: string;
  /** A program and its arguments, for the repository's folder. */
  command: readonly [string, ...string[]];
}
export const gates: readonly Gate[];
/** @returns the names of the gates that failed. */
export function runGates(): Promise<string[]>;
