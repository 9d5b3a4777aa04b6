import { addressOf } from '#shared/api/address.ts';
import { getImage, type PICTURE_SIZES } from '#shared/api/images.ts';

/** Where the server has a picture, no larger than `size` pixels on its longer side. */
export const pictureAddress = (id: number, size: (typeof PICTURE_SIZES)[number]): string =>
  addressOf(getImage, { params: { id }, query: { size: String(size) } });
