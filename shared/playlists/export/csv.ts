import { artistLine, plainLine, type ExportedPlaylist } from './playlist.ts';

const COLUMNS = ['position', 'title', 'artists', 'album', 'year', 'duration_seconds', 'reason'];

/** CSV after RFC 4180, with a head row. */
export function toCsv(playlist: ExportedPlaylist): string {
  const rows = playlist.tracks.map((track, index) => [
    String(index + 1),
    guarded(track.title),
    guarded(artistLine(track)),
    guarded(track.album ?? ''),
    track.year === null ? '' : String(track.year),
    track.durationSeconds === null ? '' : String(Math.round(track.durationSeconds)),
    guarded(track.reason ?? ''),
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
}

/** A text that a spreadsheet would take for a formula gets an apostrophe (OWASP, "CSV injection"). */
function guarded(text: string): string {
  const line = plainLine(text);
  return /^[=+\-@＝＋－＠]/u.test(line) ? `'${line}` : line;
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
