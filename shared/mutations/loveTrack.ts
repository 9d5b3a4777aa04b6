import * as v from 'valibot';
import { defineMutation } from './definition.ts';
import { TrackId } from './fields.ts';

/** A person loves a track, or does not any more; undone by the opposite. */
export const loveTrack = defineMutation({
  schema: v.object({ kind: v.literal('love-track'), trackId: TrackId, loved: v.boolean() }),
  shownIn: ['albums', 'artists'],
  conflictKey: { name: 'love', entity: 'recording', id: ({ trackId }) => trackId },
  targets: ({ trackId }, shown) => [shown.track(trackId)],
  line: ({ loved }) => (loved ? undefined : 'unlove-track'),
  optimistic: ({ loves }, { trackId, loved }) => void loves.set(trackId, loved),
});
