import * as v from 'valibot';
import { defineEndpoint, empty, file } from './contract.ts';
import { idParams } from './lists.ts';

/** Of the longer side, in pixels. */
export const PICTURE_SIZES = [96, 300, 600, 1200] as const;
const sizes = PICTURE_SIZES.map(String);

export const getImage = defineEndpoint({
  operationId: 'getImage',
  method: 'get',
  path: '/images/:id',
  errors: ['unknown-image', 'picture-gone', 'picture-passing'],
  tag: 'Images',
  summary: 'A picture as WebP, no larger than `size` on its longer side',
  params: idParams,
  query: { size: v.optional(v.picklist(sizes, `one of ${sizes.join(', ')}`), '300') },
  answers: { 200: file('image/webp'), 304: empty },
});
