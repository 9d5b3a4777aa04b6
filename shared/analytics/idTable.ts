/** Ids below this are looked up in an array (16 MB at the most), the others in a map. */
const NEAR = 4_194_304;

/** Finds the dense index of an integer id: as fast as an array where ids are a server's keys, and right for any other. */
export class IdTable {
  /** Index + 1 by id; 0 is "unknown". */
  #near = new Int32Array(1024);
  readonly #far = new Map<number, number>();

  /** −1 when the id is unknown. */
  get(id: number): number {
    if (id >= 0 && id < NEAR) return id < this.#near.length ? this.#near[id]! - 1 : -1;
    return this.#far.get(id) ?? -1;
  }

  set(id: number, index: number): void {
    if (id < 0 || id >= NEAR) {
      this.#far.set(id, index);
      return;
    }
    if (id >= this.#near.length) {
      const larger = new Int32Array(Math.min(NEAR, Math.max(id + 1, this.#near.length * 2)));
      larger.set(this.#near);
      this.#near = larger;
    }
    this.#near[id] = index + 1;
  }

  /** The index of every id, −1 where it is unknown. */
  mapAll(ids: Int32Array): Int32Array {
    const indexes = new Int32Array(ids.length);
    const near = this.#near;
    for (let at = 0; at < ids.length; at++) {
      const id = ids[at]!;
      indexes[at] = id >= 0 && id < near.length ? near[id]! - 1 : this.get(id);
    }
    return indexes;
  }
}
