export const ExportFormats = ['m3u8', 'xspf', 'jspf', 'csv', 'json'] as const;
export type ExportFormat = (typeof ExportFormats)[number];

/** Under which type a file of each format is sent. */
export const mediaTypes = {
  m3u8: 'audio/x-mpegurl; charset=utf-8',
  xspf: 'application/xspf+xml; charset=utf-8',
  jspf: 'application/jspf+json; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json; charset=utf-8',
} as const satisfies Record<ExportFormat, string>;
