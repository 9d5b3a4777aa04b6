import sharp from 'sharp';
import type { PICTURE_SIZES } from '#shared/api/images.ts';
import { PictureError } from './fetchPicture.ts';

export type PictureSize = (typeof PICTURE_SIZES)[number];

const FORMATS = new Set(['jpeg', 'png', 'webp', 'gif', 'avif', 'heif']);
const MOST_PIXELS = 50_000_000;
/** Discogs' spacer and other counters are a pixel or two wide. */
const LEAST_SIDE = 24;

// Loaded at the start, not with the first picture: it takes 0.1 s of a processor at a stretch, which would hold up who is being answered.
sharp.concurrency(1);
sharp.cache({ memory: 32, files: 0, items: 50 });

const reader = (bytes: Buffer) => sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', animated: false });

/** @throws PictureError when the bytes are no picture of an allowed kind. */
export async function checkPicture(bytes: Buffer): Promise<void> {
  // Before any decoder sees them: a drawing is a program, whatever type it was sent as.
  if (/^\s*(<\?xml|<!doctype|<svg|<html|<!--)/i.test(bytes.subarray(0, 256).toString('latin1')))
    throw new PictureError('dead', 'The answer is a document, not a picture');
  const { format, width, height } = await reader(bytes)
    .metadata()
    .catch((error: Error) => {
      throw new PictureError('dead', `The picture cannot be read: ${error.message}`);
    });
  if (!FORMATS.has(format)) throw new PictureError('dead', `${format} is not a picture we show`);
  if (width < LEAST_SIDE || height < LEAST_SIDE) throw new PictureError('dead', 'The picture is only a placeholder');
}

/** The thumbnail of a picture: as WebP, no larger than `size` on its longer side and never enlarged. */
export async function toWebp(bytes: Buffer, size: PictureSize): Promise<Buffer> {
  return reader(bytes)
    .rotate()
    .resize({ width: size, height: size, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: size <= 300 ? 80 : 84, effort: 3 })
    .toBuffer()
    .catch((error: Error) => {
      throw new PictureError('dead', `The picture cannot be read: ${error.message}`);
    });
}

/** The hue a cover lends to its page: the most frequent one of its coloured pixels, in OKLCH; chroma 0–0.4, hue in degrees. */
export async function accentColourOf(bytes: Buffer): Promise<{ hue: number; chroma: number }> {
  const { data } = await reader(bytes)
    .resize(32, 32, { fit: 'fill' })
    .flatten({ background: '#fff' })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const weight = new Float64Array(36);
  const chromas = new Float64Array(36);
  for (let pixel = 0; pixel + 2 < data.length; pixel += 3) {
    const { chroma, hue } = oklch(data[pixel]!, data[pixel + 1]!, data[pixel + 2]!);
    const bin = Math.floor(hue / 10) % 36;
    weight[bin]! += chroma;
    chromas[bin]! += chroma * chroma;
  }
  const total = weight.reduce((sum, value) => sum + value, 0);
  if (total < 0.01 * 1024) return { hue: 75, chroma: 0.01 };
  const best = weight.indexOf(Math.max(...weight));
  return { hue: best * 10 + 5, chroma: Math.round((chromas[best]! / weight[best]!) * 1000) / 1000 };
}

/** sRGB bytes to OKLCH (Björn Ottosson, "A perceptual color space for image processing", 2020). */
function oklch(red: number, green: number, blue: number): { chroma: number; hue: number } {
  const [r, g, b] = [red, green, blue].map((value) => {
    const unit = value / 255;
    return unit <= 0.04045 ? unit / 12.92 : ((unit + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return { chroma: Math.hypot(a, bb), hue: ((Math.atan2(bb, a) * 180) / Math.PI + 360) % 360 };
}
