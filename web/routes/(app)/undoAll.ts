import type { Undoable } from '$lib/library/index.ts';

/** Takes back several things that were done one after the other, the last one first. */
export async function undoAll(done: readonly Undoable[]): Promise<void> {
  for (const { undo } of [...done].reverse()) await undo();
}
