import { goto } from '$app/navigation';
import { page } from '$app/state';

/**
 * What is chosen on a page is in its address, which changes a moment later. Choices that follow one another faster are built on
 * each other here, so that none of them is lost, and the page shows them at once.
 */
export class NextAddress {
  #next = $state.raw<URLSearchParams>();

  /** What the address says, or will say in a moment; reactive. */
  get params(): URLSearchParams {
    return this.#next ?? page.url.searchParams;
  }

  /** Has this page's address say another thing, in the place of what it says. */
  go(address: string): void {
    const next = new URL(address, page.url).searchParams;
    this.#next = next;
    void goto(address, { replaceState: true, keepFocus: true, noScroll: true }).finally(() => {
      if (this.#next === next) this.#next = undefined;
    });
  }
}
