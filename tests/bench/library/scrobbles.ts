import type { ScrobbleInput } from '#server/library/api/scrobbles.ts';
import type { InventedListen } from './inventedLibrary.ts';

/** The reports of a play, as the trackers hand them over. */
export function scrobblesOf({ playedAt, album, track, sources, zone }: InventedListen): ScrobbleInput[] {
  const names = { artist: album.artist, title: track.title, album: album.title };
  const roon: ScrobbleInput = {
    ...names,
    source: 'roon',
    sourceKey: `${zone}|${playedAt - 2}|${track.title}`,
    playedAt: playedAt - 2,
    zone,
    durationSeconds: track.seconds,
    listenedSeconds: track.seconds,
    endedAt: playedAt - 2 + track.seconds,
    raw: { zone },
  };
  const lastfm: ScrobbleInput = {
    ...names,
    source: 'lastfm',
    sourceKey: `${playedAt}|${album.artist}|${track.title}`,
    playedAt,
    raw: {
      name: track.title,
      artist: { '#text': album.artist },
      album: { '#text': album.title },
      date: { uts: String(playedAt) },
    },
  };
  return [...(sources === 'lastfm' ? [] : [roon]), ...(sources === 'roon' ? [] : [lastfm])];
}
