/** Moves the focus to the record that played after or before the one that has it; at first to the first or last. */
export function stepFocus(by: 1 | -1): void {
  const start = (record: HTMLElement) => Number(record.dataset['start']);
  const records = [...document.querySelectorAll<HTMLElement>('main [data-record]')].sort((a, b) => start(a) - start(b));
  const at = records.findIndex((record) => record === document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : records.length - 1) : at + by;
  records[next]?.focus();
}
