import { join } from 'node:path';
import { CoverCache } from '../images/coverCache.ts';
import { Pictures } from '../images/pictures.ts';
import type { StoredImage } from '../library/api/images.ts';
import { pictureOrigins } from '../upstreams/registry.ts';
import { VERSION } from '../version.ts';
import type { ModuleContext, Module } from './module.ts';

export interface PictureSources {
  /** Roon's pictures, by key; null when the picture is no picture of Roon's. */
  roon: (image: StoredImage) => Promise<Buffer> | null;
  /** A picture is gone: another may be found. */
  onDead: (image: StoredImage) => unknown;
}

export interface PicturesModule extends Module {
  pictures: Pictures;
}

export function createPicturesModule({ config, library }: ModuleContext, sources: PictureSources): PicturesModule {
  const cache = new CoverCache(
    join(config.get('dataDir'), 'covers'),
    () => config.get('images.cacheMegabytes') * 1_000_000,
  );
  const pictures = new Pictures({
    cache,
    userAgent: `AIME/${VERSION} (home music library)`,
    allowed: () => ({
      hosts: config.get('images.allowedHosts'),
      origins: pictureOrigins.map((key) => new URL(config.get(key) as string).origin),
    }),
    special: sources.roon,
    onGood: (image, accent) =>
      library.availability.soon(`image:${image.id}`, () => library.images.good(image.id, accent)),
    onDead(image) {
      library.availability.soon(`image:${image.id}`, () => {
        library.images.dead(image.id);
        sources.onDead(image);
      });
    },
  });
  return { pictures, start() {}, close: () => Promise.resolve() };
}
