import type { JournalView } from '$lib/library/index.ts';

/** Listens of each calendar month from the first to the present one, by `2026-11`. */
export function playsByMonth(view: JournalView, present: string): { month: string; value: number }[] {
  const counts = new Map<string, number>();
  for (let index = 0; index < view.dayCount; index++) {
    const day = view.day(index);
    if (!day?.date) continue;
    const month = day.date.slice(0, 7);
    counts.set(month, (counts.get(month) ?? 0) + day.listenCount);
  }
  const first = [...counts.keys()].sort()[0];
  if (!first) return [];
  const months: { month: string; value: number }[] = [];
  for (let month = first; month <= present; month = nextMonth(month))
    months.push({ month, value: counts.get(month) ?? 0 });
  return months;
}

/** Listens of each year from the first to the present one. */
export function playsByYear(view: JournalView, present: string): { year: string; value: number }[] {
  const years = new Map<string, number>();
  for (const { month, value } of playsByMonth(view, present)) {
    const year = month.slice(0, 4);
    years.set(year, (years.get(year) ?? 0) + value);
  }
  return [...years].map(([year, value]) => ({ year, value }));
}

function nextMonth(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}
