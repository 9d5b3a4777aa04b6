import { artistLine, isoDate, plainLine, type ExportedPlaylist, type ExportedTrack } from './playlist.ts';

/** XSPF version 1 (https://www.xspf.org/spec). Durations are in milliseconds. */
export function toXspf(playlist: ExportedPlaylist): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<playlist version="1" xmlns="http://xspf.org/ns/0/">',
    element('  ', 'title', playlist.name),
    ...(playlist.aiPrompt ? [element('  ', 'annotation', playlist.aiPrompt)] : []),
    element('  ', 'date', isoDate(playlist.createdAt)),
    '  <trackList>',
    ...playlist.tracks.map(trackElement),
    '  </trackList>',
    '</playlist>',
    '',
  ].join('\n');
}

function trackElement(track: ExportedTrack): string {
  const { title, album, durationSeconds, reason } = track;
  const parts: [string, string | null][] = [
    ['title', title],
    ['creator', artistLine(track) || null],
    ['annotation', reason ?? null],
    ['album', album],
    ['duration', durationSeconds === null ? null : String(Math.round(durationSeconds * 1000))],
  ];
  const inside = parts.flatMap(([name, text]) => (text === null ? [] : [element('      ', name, text)]));
  return ['    <track>', ...inside, '    </track>'].join('\n');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

function element(indent: string, name: string, text: string): string {
  // U+FFFE and U+FFFF are no characters of XML 1.0; control characters are gone with plainLine.
  const escaped = plainLine(text)
    .replace(/[\ufffe\uffff]/g, '')
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!);
  return `${indent}<${name}>${escaped}</${name}>`;
}
