import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportPlaylist, ExportFormats } from './formats.ts';
import type { ExportedPlaylist } from './playlist.ts';

const rain: ExportedPlaylist = {
  name: 'Rain, mostly',
  algorithm: 'ai',
  aiPrompt: 'quiet <rain> & "trains"',
  createdAt: 1_795_000_000,
  tracks: [
    {
      title: 'Persiennes',
      artists: ['Nuit Plénière', 'Marée Lente'],
      album: 'Onze nuits, blanches',
      year: 1979,
      durationSeconds: 245,
      reason: 'Slow & "blue"',
    },
    { title: '=HYPERLINK("http://x")', artists: ['-'], album: null, year: null, durationSeconds: null },
    { title: '#1 <script>\r\n#EXTINF:9,no', artists: [], album: '..', year: null, durationSeconds: 61.4 },
  ],
};
const write = (format: (typeof ExportFormats)[number], playlist = rain): string =>
  exportPlaylist(playlist, format).body;

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\ud800', '"', '\r\n#', '<&>'),
);
const anyPlaylist: fc.Arbitrary<ExportedPlaylist> = fc.record({
  name: anyText,
  algorithm: fc.constantFrom(null, 'ai'),
  aiPrompt: fc.option(anyText),
  createdAt: fc.integer({ min: 0, max: 4e9 }),
  tracks: fc.array(
    fc.record({
      title: anyText,
      artists: fc.array(anyText, { maxLength: 3 }),
      album: fc.option(anyText),
      year: fc.option(fc.integer({ min: 1900, max: 2100 })),
      durationSeconds: fc.option(fc.integer({ min: 0, max: 9000 })),
    }),
    { maxLength: 5 },
  ),
});

/** RFC 4180, read letter by letter. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let [row, field, quoted] = [[] as string[], '', false];
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!;
    if (quoted) {
      if (letter !== '"') field += letter;
      else if (text[at + 1] === '"') field += text[++at]!;
      else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === ',') {
      row.push(field);
      field = '';
    } else if (letter === '\r' && text[at + 1] === '\n') {
      rows.push([...row, field]);
      [row, field] = [[], ''];
      at++;
    } else field += letter;
  }
  return rows;
}

describe('an exported playlist', () => {
  it('as M3U8 has a length, a name and a path for every track', () => {
    expect(write('m3u8').split('\n')).toEqual([
      '#EXTM3U',
      '#PLAYLIST:Rain, mostly',
      '#EXTINF:245,Nuit Plénière, Marée Lente - Persiennes',
      '#EXTALB:Onze nuits, blanches',
      'Nuit%20Pl%C3%A9ni%C3%A8re%2C%20Mar%C3%A9e%20Lente/Onze%20nuits%2C%20blanches/Persiennes',
      '#EXTINF:-1,- - =HYPERLINK("http://x")',
      '-/%3DHYPERLINK(%22http%3A%2F%2Fx%22)',
      '#EXTINF:61,#1 <script> #EXTINF:9,no',
      '#EXTALB:..',
      '%2E%2E/%231%20%3Cscript%3E%20%23EXTINF%3A9%2Cno',
      '',
    ]);
  });

  it('as M3U8 is one line of facts and one path a track, whatever the names', () => {
    fc.assert(
      fc.property(anyPlaylist, (playlist) => {
        const lines = write('m3u8', playlist).split(/\r\n|[\n\r]/);
        expect(lines.filter((line) => line.startsWith('#EXTINF:'))).toHaveLength(playlist.tracks.length);
        for (const path of lines.filter((line) => line !== '' && !line.startsWith('#'))) {
          expect(path).toMatch(/^[A-Za-z0-9\-_.!~*'()%/]+$/);
        }
      }),
    );
  });

  it('as XSPF escapes every name and counts in milliseconds', () => {
    expect(write('xspf')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<playlist version="1" xmlns="http://xspf.org/ns/0/">
  <title>Rain, mostly</title>
  <annotation>quiet &lt;rain&gt; &amp; &quot;trains&quot;</annotation>
  <date>2026-11-18T11:06:40.000Z</date>
  <trackList>
    <track>
      <title>Persiennes</title>
      <creator>Nuit Plénière, Marée Lente</creator>
      <annotation>Slow &amp; &quot;blue&quot;</annotation>
      <album>Onze nuits, blanches</album>
      <duration>245000</duration>
    </track>
    <track>
      <title>=HYPERLINK(&quot;http://x&quot;)</title>
      <creator>-</creator>
    </track>
    <track>
      <title>#1 &lt;script&gt; #EXTINF:9,no</title>
      <album>..</album>
      <duration>61400</duration>
    </track>
  </trackList>
</playlist>
`);
  });

  it('as XSPF holds only characters that XML allows, and no markup of a name', () => {
    fc.assert(
      fc.property(anyPlaylist, (playlist) => {
        const xml = write('xspf', playlist);
        expect(xml).toMatch(/^[\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u);
        const tags = xml.match(/<[^>]*>/g)!;
        expect(tags.filter((tag) => tag === '<track>')).toHaveLength(playlist.tracks.length);
        expect(xml.replace(/<[^>]*>/g, '').replace(/&(amp|lt|gt|quot|apos);/g, '')).not.toMatch(/[<>&"']/);
      }),
    );
  });

  it('as JSPF says the same in JSON', () => {
    expect((JSON.parse(write('jspf')) as { playlist: unknown }).playlist).toMatchObject({
      title: 'Rain, mostly',
      date: '2026-11-18T11:06:40.000Z',
      track: [
        {
          title: 'Persiennes',
          creator: 'Nuit Plénière, Marée Lente',
          album: 'Onze nuits, blanches',
          duration: 245_000,
        },
        { title: '=HYPERLINK("http://x")', creator: '-' },
        { album: '..', duration: 61_400 },
      ],
    });
  });

  it('as CSV gives every field back and lets no spreadsheet take a name for a formula', () => {
    expect(readCsv(write('csv'))).toEqual([
      ['position', 'title', 'artists', 'album', 'year', 'duration_seconds', 'reason'],
      ['1', 'Persiennes', 'Nuit Plénière, Marée Lente', 'Onze nuits, blanches', '1979', '245', 'Slow & "blue"'],
      ['2', `'=HYPERLINK("http://x")`, `'-`, '', '', '', ''],
      ['3', '#1 <script> #EXTINF:9,no', '', '..', '', '61', ''],
    ]);
    fc.assert(
      fc.property(anyPlaylist, (playlist) => {
        const rows = readCsv(write('csv', playlist));
        expect(rows).toHaveLength(playlist.tracks.length + 1);
        for (const row of rows) {
          expect(row).toHaveLength(7);
          for (const field of row) expect(field).not.toMatch(/^[=+\-@\t\r]/);
        }
      }),
    );
  });

  it('as JSON keeps everything', () => {
    expect(JSON.parse(write('json'))).toEqual({
      ...rain,
      createdAt: '2026-11-18T11:06:40.000Z',
      tracks: rain.tracks.map((track, index) => ({ position: index + 1, ...track })),
    });
  });

  it('is a file with a type and a name that every system takes', () => {
    for (const format of ExportFormats) {
      const { fileName, mediaType } = exportPlaylist({ ...rain, name: '../a:b?\n' }, format);
      expect(fileName).toBe(`-a-b-.${format}`);
      expect(mediaType).toContain('charset=utf-8');
    }
    expect(exportPlaylist({ ...rain, name: ' .. ' }, 'csv').fileName).toBe('playlist.csv');
  });
});
