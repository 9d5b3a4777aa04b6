import { Address, type Wrong } from '../../../lib/address.ts';

const views = ['day', 'week', 'month'] as const;
export type TimelineView = (typeof views)[number];

/**
 * What `?day=2026-11-29&view=week` asks for, and what of it cannot be: also a day that is still to come wherever one is.
 * @param now milliseconds since the epoch.
 */
export function timelineAddress(
  params: URLSearchParams,
  now: number,
): { day: string | undefined; view: TimelineView; wrong: readonly Wrong[] } {
  const address = new Address(params);
  const day = address.day('day');
  address.noteToCome('day', day, now);
  return { day, view: address.oneOf('view', views) ?? 'day', wrong: address.wrong };
}
