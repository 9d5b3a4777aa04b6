import type { ServerTime } from '#shared/primitives/moments.ts';
import type { Clock } from '../../kit/clock.ts';
import type { Database } from '../database/database.ts';

/** When something arrived last, as far as what is stored of it goes back; milliseconds since the epoch, 0 where nothing is. */
export const latestArrival = (db: Database): number =>
  (db.get<{ latest: number | null }>('SELECT max(applied_at) AS latest FROM intents')?.latest ?? 0) * 1000;

/** The same, or when the latest of all known mutations was made, which is stored for good. */
export const latestWord = (db: Database): number =>
  Math.max(
    latestArrival(db),
    db.get<{ latest: number | null }>('SELECT max(made_at) AS latest FROM last_words')?.latest ?? 0,
  );

/**
 * The moment at which something arrives, in milliseconds since the epoch, to decide which of two mutations is the later. It follows the
 * server's clock but never goes back: where that clock is set back, or was ahead for a while, it goes on from the latest moment
 * by the time that has really passed.
 */
export function openReceipts(latest: number, clock: Pick<Clock, 'now' | 'elapsed'>): () => number {
  let last = latest;
  let at = clock.elapsed();
  return () => {
    const now = clock.elapsed();
    last = Math.max(clock.now(), last + Math.max(0, now - at));
    at = now;
    return Math.floor(last);
  };
}

/** What the library knows of the time. @param lastWrittenAt when it was written last before it was opened, seconds since the epoch; 0 where nothing says. */
export function openServerTime(
  received: () => number,
  clock: Pick<Clock, 'now' | 'elapsed'>,
  lastWrittenAt: number,
): () => ServerTime {
  const openedAt = clock.elapsed();
  return () => ({
    clock: clock.now(),
    latest: Math.max(received(), lastWrittenAt * 1000 + clock.elapsed() - openedAt),
  });
}

/** So much a request may take on its way: a clock that differs by less is right. Milliseconds. */
const ON_ITS_WAY = 5_000;

/**
 * When something was made, by the receipts' time: as long ago as the device's own clock says, whatever that clock is set to, and
 * never later than it arrived.
 *
 * @param madeAt by the device's clock and `offset`. @param deviceNow the device's clock, without any offset, when it sent it;
 * undefined for a device that does not say.
 */
export function madeWhen({
  madeAt,
  offset = 0,
  deviceNow,
  received,
}: {
  madeAt: number;
  offset?: number;
  deviceNow?: number;
  received: number;
}): number {
  const ahead = deviceNow === undefined ? 0 : deviceNow + offset - received;
  return Math.min(received, Math.abs(ahead) < ON_ITS_WAY ? madeAt : madeAt - ahead);
}
