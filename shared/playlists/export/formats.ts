import { cut } from '../../text/cut.ts';
import { toCsv } from './csv.ts';
import { toJson, toJspf } from './json.ts';
import { toM3u8 } from './m3u8.ts';
import { plainLine, type ExportedPlaylist } from './playlist.ts';
import { type ExportFormat, mediaTypes } from './types.ts';
import { toXspf } from './xspf.ts';

export { ExportFormats, type ExportFormat } from './types.ts';

const writers: Record<ExportFormat, (playlist: ExportedPlaylist) => string> = {
  m3u8: toM3u8,
  xspf: toXspf,
  jspf: toJspf,
  csv: toCsv,
  json: toJson,
};

export interface ExportedFile {
  body: string;
  mediaType: string;
  /** A name that every file system takes. */
  fileName: string;
}

export function exportPlaylist(playlist: ExportedPlaylist, format: ExportFormat): ExportedFile {
  return {
    body: writers[format](playlist),
    mediaType: mediaTypes[format],
    fileName: `${fileStem(playlist.name)}.${format}`,
  };
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
