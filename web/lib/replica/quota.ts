/** Whether a failed write says that the browser gives no more room, however deep RxDB and Dexie have wrapped it. */
export function isQuotaError(error: unknown): boolean {
  return speaksOfQuota(error, 0);
}

function speaksOfQuota(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.includes('QuotaExceeded');
  if (typeof value !== 'object' || value === null || depth > 6) return false;
  const own: unknown[] = Object.values(value);
  const parts = value instanceof Error ? [value.name, value.message, ...own] : own;
  return parts.some((part) => speaksOfQuota(part, depth + 1));
}
