import { percent } from '$lib/i18n/format.svelte.ts';

/** 7 → 07:00. */
export const hourName = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** Part of a whole in percent; what is there is never 0%, and what is not all of it never 100%. */
export function share(part: number, whole: number): string {
  const of = whole === 0 ? 0 : part / whole;
  if (of > 0 && of < 0.005) return `<\u00a0${percent(0.01)}`;
  return of < 1 && of >= 0.995 ? `>\u00a0${percent(0.99)}` : percent(of);
}
