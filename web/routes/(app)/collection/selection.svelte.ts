import { SvelteSet } from 'svelte/reactivity';

/** Records chosen on the shelf, to do one thing with all of them. */
export class Selection {
  /** Whether records are being chosen rather than opened. */
  on = $state(false);
  readonly ids = new SvelteSet<string>();
  /** Where a range begins that Shift extends. */
  #from: string | undefined;

  toggle(id: string): void {
    this.on = true;
    if (!this.ids.delete(id)) this.ids.add(id);
    this.#from = id;
  }

  /** Chooses all from the last one chosen to this one, in the shelf's order. */
  extend(id: string, order: readonly { id: string }[]): void {
    const at = order.findIndex((one) => one.id === id);
    const from = order.findIndex((one) => one.id === this.#from);
    if (at < 0 || from < 0) return this.toggle(id);
    this.on = true;
    for (const one of order.slice(Math.min(at, from), Math.max(at, from) + 1)) this.ids.add(one.id);
  }

  all(order: readonly { id: string }[]): void {
    this.on = true;
    for (const { id } of order) this.ids.add(id);
  }

  none(): void {
    this.ids.clear();
    this.#from = undefined;
  }

  end(): void {
    this.none();
    this.on = false;
  }
}
