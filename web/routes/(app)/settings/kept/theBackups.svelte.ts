import { api } from '$lib/library/index.ts';

/** A copy of the library that was opened and checked. `createdAt` in seconds since the epoch. */
export interface Backup {
  name: string;
  bytes: number;
  createdAt: number;
  kind: 'scheduled' | 'by-hand' | 'before-migration' | 'before-restore' | 'other';
}

let items = $state.raw<readonly Backup[]>();
let restoring = $state<string | null>(null);
const pathOf = (name: string) => `/backups/${encodeURIComponent(name)}`;

/** The library's copies, newest first: asked from the server, which keeps them. */
export const theBackups = {
  /** Undefined until they are known. */
  get items(): readonly Backup[] | undefined {
    return items;
  },
  /** What takes the library's place at AIME's next start. */
  get restoring(): string | null {
    return restoring;
  },
  async load(): Promise<void> {
    const answer = await api.get<{ items: Backup[]; restoring: string | null }>('/backups');
    items = answer.items;
    restoring = answer.restoring;
  },
  /** Ends when it is written and checked, which takes a while for a large library. */
  async make(): Promise<void> {
    await api.post<Backup>('/backups', undefined, { timeout: 600_000 });
    await this.load();
  },
  async restore(name: string): Promise<void> {
    await api.post(`${pathOf(name)}/restore`);
    restoring = name;
  },
  async keepToday(): Promise<void> {
    if (restoring !== null) await api.delete(`${pathOf(restoring)}/restore`);
    restoring = null;
  },
  download: (name: string): string => `/api/v1${pathOf(name)}`,
};
