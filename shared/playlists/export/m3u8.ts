import { artistLine, plainLine, type ExportedPlaylist, type ExportedTrack } from './playlist.ts';

/**
 * Extended M3U in UTF-8. There are no files behind a playlist of records, so each entry's location is a relative path made of
 * artist, album and title, which a player's own library may match; percent-encoded, so that any name is a valid path.
 */
export function toM3u8(playlist: ExportedPlaylist): string {
  const lines = ['#EXTM3U', `#PLAYLIST:${plainLine(playlist.name)}`];
  for (const track of playlist.tracks) {
    const seconds = track.durationSeconds === null ? -1 : Math.round(track.durationSeconds);
    const name = [artistLine(track), track.title].map(plainLine).filter(Boolean).join(' - ');
    lines.push(`#EXTINF:${seconds},${name}`);
    if (track.album) lines.push(`#EXTALB:${plainLine(track.album)}`);
    lines.push(location(track));
  }
  return `${lines.join('\n')}\n`;
}

function location(track: ExportedTrack): string {
  return [artistLine(track), track.album ?? '', track.title]
    .map(plainLine)
    .filter(Boolean)
    .map((part) => encodeURIComponent(part).replace(/^\.+$/, (dots) => dots.replaceAll('.', '%2E')))
    .join('/');
}
