import { Parser as M3u8Parser } from 'm3u8-parser';
import Papa from 'papaparse';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExportFormats, type ExportFormat } from '#shared/playlists/export/formats.ts';
import { openBrowser } from '#tests/e2e/setup/browser.ts';
import { openTestApp, own, type TestApp } from './testApp.ts';

const NAME = 'Été: 50% "nuit" / \\ <b>&amp;</b> 夜';
const TITLES = [
  '=HYPERLINK("x")',
  'Plain',
  'Two\nlines, "quoted"; 50%',
  '<script>alert("&")</script>',
  '../../etc/passwd',
  '#EXTINF:1,no',
  'Ømlaut 夜 👁',
];
const ARTIST = 'Ada & "Nordlund", <Trio>';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function exported(format: ExportFormat): Promise<{ app: TestApp; file: Awaited<ReturnType<TestApp['ask']>> }> {
  const app = await openTestApp();
  own(app.library, [{ title: 'Low & Water', artist: ARTIST, year: 1974, tracks: TITLES }]);
  const ids = app.library.reads.search('Plain', 1).tracks[0]!.album!.id;
  const album = app.library.reads.album(ids)!;
  const { json } = await app.ask('POST', '/playlists', { name: NAME, trackIds: album.tracks.map(({ id }) => id) });
  return { app, file: await app.ask('GET', `/playlists/${(json as { id: string }).id}/export?format=${format}`) };
}

const oneLine = (text: string) => text.replaceAll('\n', ' ');

describe('an exported playlist', () => {
  test.each(ExportFormats.map((format) => [format]))('%s is saved by a browser under its name', async (format) => {
    const { file } = await exported(format);
    expect(file.status).toBe(200);
    expect(file.headers.get('content-disposition')).toMatch(
      /^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''[\w.%~!$&+-]+$/,
    );
    const page = await browser.newPage();
    await page.route('**/*', (route) =>
      route.fulfill({ status: 200, headers: Object.fromEntries(file.headers), body: file.text }),
    );
    const coming = page.waitForEvent('download');
    await page
      .goto('http://aime.test/export')
      .catch((error: Error) => expect(error.message).toMatch(/Download is starting|ERR_ABORTED/));
    expect((await coming).suggestedFilename()).toMatch(new RegExp(`^Été.*nuit.*夜\\.${format}$`, 'u'));
    await page.close();
  });

  test.each([
    ['m3u8', 'audio/x-mpegurl; charset=utf-8'],
    ['xspf', 'application/xspf+xml; charset=utf-8'],
    ['jspf', 'application/jspf+json; charset=utf-8'],
    ['csv', 'text/csv; charset=utf-8; header=present'],
    ['json', 'application/json; charset=utf-8'],
  ] as const)('%s says what it is', async (format, type) => {
    const { file } = await exported(format);
    expect(file.headers.get('content-type')).toBe(type);
  });

  test('as XSPF is read by a browser, with every name as it was', async () => {
    const { file } = await exported('xspf');
    const page = await browser.newPage();
    const read = await page.evaluate((xml) => {
      const document = new DOMParser().parseFromString(xml, 'application/xml');
      const text = (parent: Element, name: string) =>
        parent.getElementsByTagNameNS('http://xspf.org/ns/0/', name)[0]?.textContent ?? null;
      return {
        error: document.querySelector('parsererror')?.textContent ?? null,
        version: document.documentElement.getAttribute('version'),
        title: text(document.documentElement, 'title'),
        tracks: [...document.getElementsByTagNameNS('http://xspf.org/ns/0/', 'track')].map((track) => [
          text(track, 'title'),
          text(track, 'creator'),
          text(track, 'album'),
          text(track, 'duration'),
        ]),
      };
    }, file.text);
    await page.close();
    expect(read).toEqual({
      error: null,
      version: '1',
      title: NAME,
      tracks: TITLES.map((title, index) => [oneLine(title), ARTIST, 'Low & Water', String((180 + index) * 1000)]),
    });
  });

  test('as JSPF and JSON holds the same', async () => {
    const jspf = JSON.parse((await exported('jspf')).file.text) as {
      playlist: { title: string; track: { title: string; creator: string; duration: number }[] };
    };
    expect(jspf.playlist.title).toBe(NAME);
    expect(jspf.playlist.track.map(({ title, creator, duration }) => [title, creator, duration])).toEqual(
      TITLES.map((title, index) => [title, ARTIST, (180 + index) * 1000]),
    );
    const json = JSON.parse((await exported('json')).file.text) as {
      tracks: { position: number; title: string; artists: string[]; year: number }[];
    };
    expect(json.tracks.map(({ position, title, artists, year }) => [position, title, artists, year])).toEqual(
      TITLES.map((title, index) => [index + 1, title, [ARTIST], 1974]),
    );
  });

  test('as M3U8 and CSV keeps every track on its own lines, and no title becomes a directive, a path or a formula', async () => {
    const m3u8 = (await exported('m3u8')).file.text;
    expect(m3u8.split('\n').slice(0, 2)).toEqual(['#EXTM3U', `#PLAYLIST:${NAME}`]);
    const reader = new M3u8Parser();
    reader.push(m3u8);
    reader.end();
    const { segments } = reader.manifest;
    expect(segments.map(({ title, duration }) => [title, duration])).toEqual(
      TITLES.map((title, index) => [`${ARTIST} - ${oneLine(title)}`, 180 + index]),
    );
    expect(segments.map(({ uri }) => uri.split('/').map(decodeURIComponent))).toEqual(
      TITLES.map((title) => [ARTIST, 'Low & Water', oneLine(title)]),
    );

    const { data, errors } = Papa.parse<Record<string, string>>((await exported('csv')).file.text, {
      header: true,
      skipEmptyLines: true,
    });
    expect(errors).toEqual([]);
    expect(
      data.map(({ position, title, artists, album, duration_seconds: seconds }) => [
        position,
        title,
        artists,
        album,
        seconds,
      ]),
    ).toEqual(
      TITLES.map((title, index) => [
        String(index + 1),
        title.startsWith('=') ? `'${title}` : oneLine(title),
        ARTIST,
        'Low & Water',
        String(180 + index),
      ]),
    );
  });
});
