import type { QueuedTask } from '../library/api/enrichment.ts';

/** What a task found: `keep` writes it down in the very transaction that ends the task, or says why nothing will be found. */
export type TaskResult = { keep: () => void } | { giveUp: 'no-match' | 'not-found' | 'gone' | 'nothing-to-do' };

/** One kind of gap and how it is filled: at most one request to one upstream, so that a crash repeats at most one. */
export interface EnrichmentTask {
  kind: string;
  run(task: QueuedTask, signal: AbortSignal): Promise<TaskResult>;
}

/** Ids of enriched subjects: `album:12`. */
export const subjectId = (task: Pick<QueuedTask, 'subject'>): number =>
  Number(task.subject.slice(task.subject.indexOf(':') + 1));
export const albumSubject = (id: number | string): string => `album:${id}`;
export const artistSubject = (id: number | string): string => `artist:${id}`;
