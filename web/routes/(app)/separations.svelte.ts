import { t } from '$lib/i18n/index.svelte.ts';
import { toast } from '$lib/ui/toasts.svelte.ts';

/** What was separated again on this device; the list follows when the server has done it. */
export class Separations {
  #ids = $state.raw<readonly string[]>([]);

  has(id: string): boolean {
    return this.#ids.includes(id);
  }

  /** Separates with `split`, says so, and offers its undo. */
  async add(id: string, split: () => Promise<{ undo: () => Promise<void> }>): Promise<void> {
    const { undo } = await split();
    this.#ids = [...this.#ids, id];
    toast({
      text: t('merge.undone'),
      undo: async () => {
        await undo();
        this.#ids = this.#ids.filter((other) => other !== id);
      },
    });
  }
}
