import { api } from '$lib/library/index.ts';
import { houseSettings } from '../../../house/houseSettings.svelte.ts';

/** How long listens stay in the journal. Times in seconds since the epoch. */
interface RetentionStatus {
  /** 0 is for ever. */
  days: number;
  decided: boolean;
  /** Listens that would fall out, once a person says so. */
  waiting: { listens: number; oldest: number; clock?: number } | null;
}

/** The question as it stands on the page. */
export type SeenQuestion = NonNullable<RetentionStatus['waiting']> & Pick<RetentionStatus, 'days'>;

/** A file of listens that left the journal. */
export interface ArchiveFile {
  name: string;
  /** Null when the file is not in its folder any more. */
  bytes: number | null;
  createdAt: number | null;
  /** Those that are out of the journal and in this file. */
  listens: number;
  from: number | null;
  to: number | null;
}

let status = $state.raw<RetentionStatus>();
let files = $state.raw<readonly ArchiveFile[]>([]);
let restoring = $state.raw<readonly string[]>([]);

export const theRetention = {
  /** Undefined until it is known. */
  get status(): RetentionStatus | undefined {
    return status;
  },
  /** The files of the archive, newest first. */
  get files(): readonly ArchiveFile[] {
    return files;
  },
  isComingBack: (name: string): boolean => restoring.includes(name),

  async load(): Promise<void> {
    status = await api.get<RetentionStatus>('/retention');
  },
  async loadFiles(): Promise<void> {
    const answer = await api.get<{ items: ArchiveFile[]; restoring: string[] }>('/archive');
    files = answer.items;
    restoring = answer.restoring;
  },
  /**
   * A person's word: so many days, 0 for ever.
   * @param seen the question that was shown for it, if one was. @throws ApiError, a conflict when it is another by now.
   */
  async decide(days: number, seen?: SeenQuestion): Promise<void> {
    status = await api.put<RetentionStatus>('/retention', { days, ...(seen && { seen }) });
  },
  /** Back to a period that nobody had decided on: the question stands again. */
  async ask(days: number): Promise<void> {
    await houseSettings.change({ 'retention.days': days });
    await this.load();
  },
  async bringBack(name: string): Promise<void> {
    await api.post(`/archive/${encodeURIComponent(name)}/restore`);
    restoring = [...restoring, name];
  },
};
