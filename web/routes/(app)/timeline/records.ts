/** Moves the focus to the record after or before the one that has it, in the order in which they played; at first to the first or last. */
export function stepFocus(by: 1 | -1): void {
  const records = [...document.querySelectorAll<HTMLElement>('main [data-record]')];
  const at = records.findIndex((record) => record === document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : records.length - 1) : at + by;
  records[next]?.focus();
}
