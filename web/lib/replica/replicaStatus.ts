import type { CollectionName } from '#shared/sync/collections.ts';
import type { ReplicaMetadata } from './replicaMetadata.ts';
import { progressOf, type PullRun } from './pullRun.ts';
import type { ReplicaStatus } from './types.ts';

interface Pulls {
  names: readonly CollectionName[];
  runs: readonly PullRun[];
  /** How far each collection is known to go. */
  heads: ReadonlyMap<CollectionName, number>;
}

/** How a replica stands beside the server, by what is noted of it and by the pulls that are under way. */
export function replicaStatus(
  metadata: ReplicaMetadata,
  { names, runs, heads }: Pulls,
): Omit<ReplicaStatus, 'connection' | 'failure' | 'active'> {
  const {
    caughtUp,
    lastInStepAt,
    unsentPlaylists,
    unsentWords: unsentTexts,
    refusedPlaylists,
    unreadable,
    unjudged,
    held,
    bringBack,
    sweeping: isResyncing,
  } = metadata;
  // While the server's library is not taken over, what is here stays as complete as it was.
  const stands = unjudged && !isResyncing && names.every((name) => caughtUp[name] !== undefined);
  const firstSyncDone = stands || (runs.length > 0 && runs.every((run) => run.complete));
  const failing = runs.some((run) => run.failing);
  const progress = firstSyncDone && !failing && (!unjudged || held) ? 1 : Math.min(0.99, progressOf(runs, heads));
  return {
    progress,
    asking: runs.some((run) => run.asking),
    firstSyncDone,
    caughtUp,
    lastInStepAt,
    held,
    bringBack,
    unsentPlaylists,
    unsentWords: unsentTexts,
    refusedPlaylists,
    unreadable,
  };
}
