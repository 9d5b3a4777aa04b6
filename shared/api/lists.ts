import * as v from 'valibot';
import { Count } from '../primitives/identifiers.ts';

/** Every list's answer is paginated: one page of it, which counts from 1, and how many there are. */
export const listOf = <T extends v.GenericSchema>(item: T) =>
  v.object({ items: v.array(item), total: Count, page: Count, pageSize: Count, pages: Count });

/** A whole number in a query string or a path; its bounds are stated in the reference. */
export const queryInteger = (min: number, max: number) =>
  v.pipe(
    v.string(),
    v.regex(/^-?\d{1,16}$/, 'must be a whole number'),
    v.transform(Number),
    v.minValue(min),
    v.maxValue(max),
    v.metadata({ minimum: min, maximum: max }),
  );

/** The pagination of every list, in its query string: `page` and `pageSize`. */
export const pageQuery = (defaultPageSize: number) => ({
  page: v.optional(queryInteger(1, 1_000_000), '1'),
  pageSize: v.optional(queryInteger(1, 200), String(defaultPageSize)),
});

/** A row's id in a query string or a path. */
export const IdQuery = queryInteger(1, Number.MAX_SAFE_INTEGER);
export const idParams = { id: IdQuery };

/** Yes or no in a query string. */
export const flagQuery = v.optional(
  v.pipe(
    v.picklist(['true', 'false', '1', '0']),
    v.transform((value) => value === 'true' || value === '1'),
  ),
);
