import { getImage } from '#shared/api/images.ts';
import { PictureError } from '../../images/fetchPicture.ts';
import type { Pictures } from '../../images/pictures.ts';
import type { PictureSize } from '../../images/resize.ts';
import type { Images } from '../../library/api/images.ts';
import { HttpError } from '../../kit/http/httpError.ts';
import { namesVersion } from '../entityTag.ts';
import { route } from '../route.ts';

/** Pictures by the library's own ids: whoever asks never learns or chooses an address. */
export const imageRoutes = (images: Images, pictures: Pictures) => [
  route(getImage, async ({ params, query, c }) => {
    const image = images.get(params.id);
    if (!image) throw new HttpError({ code: 'unknown-image', params: { id: params.id } });
    const etag = `"${image.id}-${query.size}"`;
    const headers = {
      etag,
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    };
    if (image.state !== 'dead' && namesVersion(c.req.header('if-none-match'), etag))
      return new Response(null, { status: 304, headers });
    try {
      const bytes = await pictures.get(image, Number(query.size) as PictureSize);
      return new Response(new Uint8Array(bytes), {
        headers: { ...headers, 'content-type': 'image/webp', 'content-length': String(bytes.length) },
      });
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      throw new HttpError(
        { code: error.kind === 'passing' ? 'picture-passing' : 'picture-gone' },
        { message: error.message },
      );
    }
  }),
];
