import { cut } from '../../text/cut.ts';
import { toCsv } from './csv.ts';
import { toJson, toJspf } from './json.ts';
import { toM3u8 } from './m3u8.ts';
import { plainLine, type ExportedPlaylist } from './playlist.ts';
import { toXspf } from './xspf.ts';

export const ExportFormats = ['m3u8', 'xspf', 'jspf', 'csv', 'json'] as const;
export type ExportFormat = (typeof ExportFormats)[number];

const writers: Record<ExportFormat, { mediaType: string; write: (playlist: ExportedPlaylist) => string }> = {
  m3u8: { mediaType: 'audio/x-mpegurl; charset=utf-8', write: toM3u8 },
  xspf: { mediaType: 'application/xspf+xml; charset=utf-8', write: toXspf },
  jspf: { mediaType: 'application/jspf+json; charset=utf-8', write: toJspf },
  csv: { mediaType: 'text/csv; charset=utf-8; header=present', write: toCsv },
  json: { mediaType: 'application/json; charset=utf-8', write: toJson },
};

export interface ExportedFile {
  body: string;
  mediaType: string;
  /** A name that every file system takes. */
  fileName: string;
}

export function exportPlaylist(playlist: ExportedPlaylist, format: ExportFormat): ExportedFile {
  const { mediaType, write } = writers[format];
  return { body: write(playlist), mediaType, fileName: `${fileStem(playlist.name)}.${format}` };
}

/** File systems take 255 bytes. */
const MOST_BYTES = 240;

function fitting(name: string): string {
  const stem = cut(name, 100, 100);
  return new TextEncoder().encode(stem).byteLength > MOST_BYTES ? cut(stem, MOST_BYTES / 3, MOST_BYTES / 3) : stem;
}

function fileStem(name: string): string {
  const stem = fitting(
    plainLine(name)
      .replace(/[<>:"/\\|?*]+/g, '-')
      .replace(/^[.\s]+|[.\s]+$/g, ''),
  ).trim();
  return stem === '' ? 'playlist' : stem;
}
