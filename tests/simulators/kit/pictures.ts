import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { coverPicture } from '../catalogue/covers.ts';
import { numberOf } from '../catalogue/inventedRecords.ts';
import type { SimulatedAnswer, SimulatedRequest } from './exchange.ts';

const LARGE_BYTES = 20 * 1024 * 1024;
const TINY_GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const SCRIPTED_SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600"><script>alert(1)</script><rect width="600" height="600" fill="red"/></svg>';

/** A service's pictures at its own address: real ones, and every kind that a careful server must not show. */
export class PictureShelf {
  readonly #made = new Map<string, Promise<Uint8Array>>();
  #base = '';

  /** @param base where the simulator listens: `http://127.0.0.1:PORT`. */
  opensAt(base: string): void {
    this.#base = `${base}/images`;
  }

  /** The address of a picture `width` pixels wide: a record's drawn `cover` ("c22.svg"), or one made up from the name. */
  cover(key: string, name: string, width = 600, cover?: string): string {
    return `${this.#base}/cover/${width}/${cover ?? `made-${numberOf(name)}`}/${encodeURIComponent(key)}.jpg`;
  }

  /** Discogs' picture of no picture. */
  get spacer(): string {
    return `${this.#base}/spacer.gif`;
  }

  /** Addresses that must not end up as a picture on anybody's page. */
  get hostile() {
    return {
      svg: `${this.#base}/hostile/drawing.svg`,
      /** Says that it is a JPEG. */
      svgAsJpeg: `${this.#base}/hostile/drawing.jpg`,
      /** 20 MB, its length declared. */
      large: `${this.#base}/hostile/large.jpg`,
      /** 20 MB, without a content length. */
      largeUndeclared: `${this.#base}/hostile/large-undeclared.jpg`,
      toPrivateAddress: this.redirectTo('http://192.168.1.1/cover.jpg'),
      toMetadataService: this.redirectTo('http://169.254.169.254/latest/meta-data/'),
      inCircles: `${this.#base}/hostile/circle.jpg`,
      /** Begins to answer and then takes its time: a byte a second. */
      slow: `${this.#base}/hostile/slow.jpg`,
      html: `${this.#base}/hostile/page.jpg`,
      broken: `${this.#base}/hostile/broken.jpg`,
      gone: `${this.#base}/hostile/gone.jpg`,
    };
  }

  redirectTo(url: string): string {
    return `${this.#base}/redirect?to=${encodeURIComponent(url)}`;
  }

  /** @returns null when the request is not for a picture. */
  async answer({ path, query }: SimulatedRequest): Promise<SimulatedAnswer | null> {
    if (!path.startsWith('/images/')) return null;
    const place = path.slice('/images/'.length);
    if (place === 'spacer.gif') return { headers: { 'content-type': 'image/gif' }, bytes: TINY_GIF };
    if (place === 'redirect') return { status: 302, headers: { location: query.get('to') ?? '' } };
    if (place.startsWith('hostile/')) return this.#hostile(place.slice('hostile/'.length));
    const [, width, cover, number] = /^cover\/(\d{2,4})\/(c\d\d\.svg|made-(\d+))\/[^/]+\.jpg$/.exec(place) ?? [];
    if (width === undefined || cover === undefined) return { status: 404, text: 'Not found' };
    const pixels = Math.min(Number(width), 1500);
    const bytes = await (number === undefined ? coverPicture(cover, pixels) : this.#madeUp(Number(number), pixels));
    return { headers: { 'content-type': 'image/jpeg' }, bytes };
  }

  #madeUp(number: number, pixels: number): Promise<Uint8Array> {
    const key = `${number}:${pixels}`;
    const made =
      this.#made.get(key) ??
      sharp(Buffer.from(drawing(number)))
        .resize(pixels, pixels)
        .jpeg({ quality: 82 })
        .toBuffer();
    this.#made.set(key, made);
    return made;
  }

  #hostile(what: string): SimulatedAnswer {
    const jpeg = { 'content-type': 'image/jpeg' };
    switch (what) {
      case 'drawing.svg':
        return { headers: { 'content-type': 'image/svg+xml' }, text: SCRIPTED_SVG };
      case 'drawing.jpg':
        return { headers: jpeg, text: SCRIPTED_SVG };
      case 'large.jpg':
        return { headers: jpeg, bytes: Buffer.alloc(LARGE_BYTES, 0xff) };
      case 'large-undeclared.jpg':
        return { headers: jpeg, chunks: pieces(LARGE_BYTES / 65_536, 65_536, 0) };
      case 'circle.jpg':
        return { status: 302, headers: { location: this.hostile.inCircles } };
      case 'slow.jpg':
        return { headers: jpeg, chunks: pieces(120, 1, 1_000) };
      case 'page.jpg':
        return {
          headers: { 'content-type': 'text/html' },
          text: '<!DOCTYPE html><h1>Sign in to see this picture</h1>',
        };
      case 'broken.jpg':
        return { headers: jpeg, bytes: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 1, 2, 3]) };
      default:
        return { status: 404, text: 'Not found' };
    }
  }
}

async function* pieces(count: number, bytes: number, pauseMs: number): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < count; sent += 1) {
    yield Buffer.alloc(bytes, 0xff);
    if (pauseMs > 0) await sleep(pauseMs, undefined, { ref: false });
  }
}

/** Two colours and a shape that the number decides. */
function drawing(number: number): string {
  const hue = number % 360;
  const [x, y, radius] = [120 + (number % 360), 120 + ((number >>> 9) % 360), 90 + ((number >>> 18) % 140)];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600">
    <rect width="600" height="600" fill="hsl(${hue}, 45%, 38%)"/>
    <circle cx="${x}" cy="${y}" r="${radius}" fill="hsl(${(hue + 150) % 360}, 60%, 68%)"/>
    <rect y="${430 + (number % 90)}" width="600" height="14" fill="hsl(${hue}, 30%, 85%)"/>
  </svg>`;
}
