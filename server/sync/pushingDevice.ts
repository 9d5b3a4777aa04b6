import type { Context } from 'hono';
import { CLOCK_OFFSET_HEADER, DEVICE_HEADER, NOW_HEADER } from '#shared/sync/protocol.ts';

/** Who pushes, and what their clock says; an older app says neither. */
export interface PushingDevice {
  id?: string;
  clock: { now?: number; offset?: number };
}

export function deviceOf(c: Context): PushingDevice {
  const [id, now, offset] = [c.req.header(DEVICE_HEADER), milliseconds(c, NOW_HEADER), milliseconds(c, CLOCK_OFFSET_HEADER)];
  return { ...(id && { id }), clock: { ...(now !== undefined && { now }), ...(offset !== undefined && { offset }) } };
}

/** A header that is no whole number says nothing. */
function milliseconds(c: Context, header: string): number | undefined {
  const text = c.req.header(header);
  const value = text === undefined || text.trim() === '' ? NaN : Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}
