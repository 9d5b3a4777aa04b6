import {
  type ArchiveFile,
  decideRetention,
  getRetention,
  listArchive,
  restoreArchive,
  type RetentionStatus,
  type SeenQuestion,
} from '#shared/api/retention.ts';
import { api } from '$lib/library/index.ts';
import { serverSettings } from '../../../services/serverSettings.svelte.ts';

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
    status = await api(getRetention);
  },
  async loadFiles(): Promise<void> {
    const answer = await api(listArchive);
    files = answer.items;
    restoring = answer.restoring;
  },
  /**
   * A person's word: so many days, 0 for ever.
   * @param seen the question that was shown for it, if one was. @throws ApiError, a conflict when it is another by now.
   */
  async decide(days: number, seen?: SeenQuestion): Promise<void> {
    status = await api(decideRetention, { body: { days, ...(seen && { seen }) } });
  },
  /** Back to a period that nobody had decided on: the question stands again. */
  async ask(days: number): Promise<void> {
    await serverSettings.change({ 'retention.days': days });
    await this.load();
  },
  async bringBack(name: string): Promise<void> {
    await api(restoreArchive, { params: { name } });
    restoring = [...restoring, name];
  },
};
