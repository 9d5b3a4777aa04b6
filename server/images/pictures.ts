import { checkPicture, accentColourOf, toWebp, type PictureSize } from './resize.ts';
import { CoverCache } from './coverCache.ts';
import { fetchPicture, PictureError } from './fetchPicture.ts';
import type { Allowed } from './netGuard.ts';
import { type StoredImage, isLostAddress } from '../library/api/images.ts';

/** Addresses that stand for "no picture": Last.fm's star and Discogs' spacer. */
const placeholders = [/2a96cbd8b46e442fc41c2b86b821562f/, /\/spacer\.gif(\?|$)/];
const isPlaceholder = (url: string): boolean => placeholders.some((pattern) => pattern.test(url));

export interface PicturesOptions {
  cache: CoverCache;
  allowed: () => Allowed;
  userAgent: string;
  /** Reads pictures that no URL on the net leads to (Roon's, by key). */
  special?: (image: StoredImage) => Promise<Buffer> | null;
  /** A picture was had for the first time, or its colour was not known yet. */
  onGood: (image: StoredImage, accent: { hue: number; chroma: number }) => void;
  /** A picture will not come from this address any more. */
  onDead: (image: StoredImage) => void;
}

const AT_ONCE = 6;

/** Serves the library's pictures: from disk, or fetched by the rules, made small and stored. One fetch a picture, however many ask. */
export class Pictures {
  readonly #o: PicturesOptions;
  readonly #originals = new Map<string, Promise<Buffer>>();
  readonly #made = new Map<string, Promise<Buffer>>();
  #fetching = 0;
  readonly #queue: (() => void)[] = [];

  constructor(options: PicturesOptions) {
    this.#o = options;
  }

  /** @returns WebP bytes. @throws PictureError */
  get(image: StoredImage, size: PictureSize): Promise<Buffer> {
    const name = CoverCache.nameOf(image.url, size);
    const going = this.#made.get(name);
    if (going) return going;
    const made = this.#make(image, size, name).finally(() => this.#made.delete(name));
    this.#made.set(name, made);
    return made;
  }

  async #make(image: StoredImage, size: PictureSize, name: string): Promise<Buffer> {
    const cached = await this.#o.cache.read(name);
    if (cached && image.hasColour) return cached;
    // One that was fetched before colours were stored with it; where its file cannot be read any more, it is fetched again.
    const accent = cached && (await accentColourOf(cached).catch(() => null));
    if (cached && accent) {
      this.#o.onGood(image, accent);
      return cached;
    }
    const original = await this.#original(image);
    const webp = await toWebp(original, size);
    await this.#o.cache.write(name, webp);
    return webp;
  }

  #original(image: StoredImage): Promise<Buffer> {
    const going = this.#originals.get(image.url);
    if (going) return going;
    const coming = this.#fetch(image);
    this.#originals.set(image.url, coming);
    // Cached a moment longer: a page asks for several sizes of one cover in a row.
    const forget = () => setTimeout(() => this.#originals.delete(image.url), 2_000).unref();
    coming.then(forget, forget);
    return coming;
  }

  async #fetch(image: StoredImage): Promise<Buffer> {
    if (isPlaceholder(image.url)) {
      this.#o.onDead(image);
      throw new PictureError('dead', 'The picture is only a placeholder');
    }
    if (isLostAddress(image.url))
      throw new PictureError('passing', 'Where this picture comes from is being looked up again');
    await this.#turn();
    try {
      const bytes = await (this.#o.special?.(image) ?? fetchPicture(image.url, this.#o.allowed(), this.#o.userAgent));
      await checkPicture(bytes);
      if (image.state !== 'good' || !image.hasColour) this.#o.onGood(image, await accentColourOf(bytes));
      return bytes;
    } catch (error) {
      if (error instanceof PictureError && error.kind !== 'passing') this.#o.onDead(image);
      throw error;
    } finally {
      this.#fetching -= 1;
      this.#queue.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    if (this.#fetching >= AT_ONCE) await new Promise<void>((resolve) => this.#queue.push(resolve));
    this.#fetching += 1;
  }
}
