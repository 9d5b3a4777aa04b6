import * as v from 'valibot';
import { Begins, MOST_PLAYED, trackToPlay } from '../journal/turntable.ts';
import { DeviceUuid, DocumentId } from '../primitives/identifiers.ts';
import { Moment } from '../primitives/moments.ts';
import { named } from '../library/named.ts';
import { defineMutation } from './definition.ts';
import { Duration } from './fields.ts';
import { heardLengths, reserveLogged, showLogged } from './loggedListens.ts';

/**
 * Logs what the library has no tracks of, by its names: one track, the tracks of a record, or a whole record as one
 * listen until its tracks are known. With `albumId` it is that record of the library's. Undone by `remove-listens` of the same group.
 */
export const logNamed = defineMutation({
  schema: v.object({
    kind: v.literal('log-named'),
    group: DeviceUuid,
    playedAt: Moment,
    artist: named(300),
    album: v.optional(named(300)),
    albumId: v.optional(DocumentId),
    tracks: v.pipe(
      v.array(v.object({ title: named(300), durationSeconds: v.optional(Duration), begins: v.optional(Begins) })),
      v.minLength(1),
      v.maxLength(MOST_PLAYED),
    ),
    whole: v.optional(v.literal(true)),
  }),
  shownIn: ['journal', 'household'],
  conflictKey: null,
  targets: ({ albumId }, shown) => (albumId === undefined ? [] : [shown.album(albumId)]),
  reserveIds(state, { group, playedAt, artist, album, albumId, tracks, whole }, madeAt) {
    // Its tracks have ids of their own: negative, and always the same for the same mutations.
    const withIds = tracks.map(({ title, ...timed }) => {
      const track = { trackId: -1 - state.named.size, ...timed, ...(whole && { whole }) };
      const { seconds, about } = trackToPlay(track);
      state.named.set(track.trackId, {
        title,
        artist,
        ...(album !== undefined && { album }),
        ...(albumId !== undefined && { albumId }),
        time: { seconds, estimatedSeconds: about ? seconds : 0 },
      });
      return track;
    });
    reserveLogged(state, { group, playedAt, tracks: withIds }, madeAt);
  },
  optimistic: (state, { group }) => showLogged(state, group),
  makes: ({ group, artist, album, tracks }) => ({
    name: group,
    targets: [{ kind: 'album', id: group, title: album ?? tracks[0]!.title, artist }],
  }),
  logAgain(mutation, group, heard) {
    const [first] = heard;
    if (first === undefined) return { ...mutation, group };
    const lengths = heardLengths(mutation.tracks, heard);
    const tracks = heard.flatMap(({ place }, index) => {
      const track = mutation.tracks[place];
      return track ? { title: track.title, ...lengths[index] } : [];
    });
    return { ...mutation, group, playedAt: first.playedAt, tracks };
  },
  writtenText: ({ artist, album, tracks }) =>
    [[artist, album].filter((name) => name !== undefined).join(' – '), ...tracks.map(({ title }) => title)].join('\n'),
});
