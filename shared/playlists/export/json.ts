import { artistLine, isoDate, plainLine, type ExportedPlaylist } from './playlist.ts';

/** JSPF, XSPF's twin in JSON (https://www.xspf.org/jspf). Durations are in milliseconds. */
export function toJspf(playlist: ExportedPlaylist): string {
  return pretty({
    playlist: {
      title: plainLine(playlist.name),
      ...(playlist.aiPrompt && { annotation: playlist.aiPrompt }),
      date: isoDate(playlist.createdAt),
      track: playlist.tracks.map((track) => ({
        title: track.title,
        ...(track.artists.length > 0 && { creator: artistLine(track) }),
        ...(track.reason && { annotation: track.reason }),
        ...(track.album !== null && { album: track.album }),
        ...(track.durationSeconds !== null && { duration: Math.round(track.durationSeconds * 1000) }),
      })),
    },
  });
}

/** Everything that is known, under our own names: durations in seconds, artists as a list. */
export function toJson(playlist: ExportedPlaylist): string {
  return pretty({
    ...playlist,
    createdAt: isoDate(playlist.createdAt),
    tracks: playlist.tracks.map((track, index) => ({ position: index + 1, ...track })),
  });
}

const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
