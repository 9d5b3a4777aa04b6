import { Address } from '../../../lib/address.ts';
import { paramsOf, filtersOf } from './filters.ts';

const VIEW = 'aime.shelf.view';
const FILTER = 'aime.shelf.filter';
const LASTING = ['view', 'sort'];

/** Keeps how the shelf is looked at: order and view on this device, the rest as long as the window is open. */
export function storeFilters(params: URLSearchParams): void {
  const lasting = new URLSearchParams([...params].filter(([key]) => LASTING.includes(key)));
  const passing = new URLSearchParams([...params].filter(([key]) => !LASTING.includes(key)));
  try {
    localStorage.setItem(VIEW, lasting.toString());
    sessionStorage.setItem(FILTER, passing.toString());
  } catch {
    // A private window may refuse storage: the address still has it all.
  }
}

/** How the shelf was looked at last. */
export function storedFilters(): URLSearchParams {
  try {
    const stored = new URLSearchParams([
      ...new URLSearchParams(localStorage.getItem(VIEW) ?? ''),
      ...new URLSearchParams(sessionStorage.getItem(FILTER) ?? ''),
    ]);
    // What an earlier version stored and this one does not know is no filter any more.
    return paramsOf(filtersOf(new Address(stored)));
  } catch {
    return new URLSearchParams();
  }
}
