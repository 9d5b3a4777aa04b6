import type { Context } from 'hono';
import { CLOCK_OFFSET_HEADER, DEVICE_HEADER, NOW_HEADER, PUSH_HEADER } from '#shared/sync/protocol.ts';

/** Who pushes, and what their clock says; an older app says neither. */
export interface PushingDevice {
  id?: string;
  /** Which of its pushes this is, counted up. */
  push?: number;
  clock: { now?: number; offset?: number };
}

export function deviceOf(c: Context): PushingDevice {
  const [id, now, offset, push] = [
    c.req.header(DEVICE_HEADER),
    whole(c, NOW_HEADER),
    whole(c, CLOCK_OFFSET_HEADER),
    whole(c, PUSH_HEADER),
  ];
  return {
    ...(id && { id }),
    ...(push !== undefined && { push }),
    clock: { ...(now !== undefined && { now }), ...(offset !== undefined && { offset }) },
  };
}

/** A header that is no whole number says nothing. */
function whole(c: Context, header: string): number | undefined {
  const text = c.req.header(header);
  const value = text === undefined || text.trim() === '' ? NaN : Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}
