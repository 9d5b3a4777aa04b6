import fc from 'fast-check';
import { ListenSources, type Listen } from '#shared/journal/listen.ts';

/** Any listen, optional fields present or absent (never `undefined`). */
export function anyListen(
  ranges: { from?: number; to?: number; ids?: number; tracks?: number } = {},
): fc.Arbitrary<Listen> {
  const { from = 0, to = 4_102_444_800, ids = 2 ** 40, tracks = 2 ** 31 - 1 } = ranges;
  return fc.record(
    {
      id: fc.integer({ min: -ids, max: ids }),
      playedAt: fc.integer({ min: from, max: to }),
      trackId: fc.integer({ min: 1, max: tracks }),
      ownerId: fc.integer({ min: -tracks, max: tracks }),
      source: fc.constantFrom(...ListenSources),
      witnesses: fc.constantFrom(1, 1, 2, 3),
      zone: fc.oneof(fc.constantFrom('Salon', 'Kitchen', ''), fc.string()),
      note: fc.string(),
      goneUpstream: fc.constant(true as const),
    },
    { requiredKeys: ['id', 'playedAt', 'trackId', 'ownerId', 'source', 'witnesses'] },
  );
}

/** A moment, in seconds since the epoch. */
export const at = (iso: string): number => Date.parse(iso) / 1000;

/** A listen at a moment, when only that matters. */
export const listenAt = (iso: string, id: number): Listen => ({
  id,
  playedAt: at(iso),
  trackId: 1,
  ownerId: 1,
  source: 'lastfm',
  witnesses: 1,
});
