import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const rendered = new Map<string, Promise<Uint8Array>>();

/**
 * A drawn cover as the square JPEG that a service would send.
 * @param cover a record's `cover`: "c22.svg".
 * @throws when there is no such cover.
 */
export function coverPicture(cover: string, pixels: number): Promise<Uint8Array> {
  if (!/^c\d\d\.svg$/.test(cover)) throw new Error(`There is no cover "${cover}"`);
  const key = `${cover}@${pixels}`;
  const found = rendered.get(key);
  if (found) return found;
  const file = fileURLToPath(new URL(`covers/${cover}`, import.meta.url));
  const picture = sharp(file, { density: 144 }).resize(pixels, pixels).jpeg({ quality: 88 }).toBuffer();
  rendered.set(key, picture);
  return picture;
}
