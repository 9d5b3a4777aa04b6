/** The bytes from `first` to `last`, which is among them. */
export interface ByteRange {
  first: number;
  last: number;
}

/**
 * Which part of a file a `Range` header asks for.
 *
 * @param size bytes of the whole.
 * @returns null where the whole is the answer: nothing was asked, or what is no single range of bytes; `unsatisfiable` where none of the
 *   bytes exist (416).
 */
export function byteRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | null {
  const [, from = '', to = ''] = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(header ?? '') ?? [];
  if (from === '' && to === '') return null;
  const last = size - 1;
  if (from === '')
    return Number(to) === 0 || size === 0 ? 'unsatisfiable' : { first: Math.max(0, size - Number(to)), last };
  if (to !== '' && Number(to) < Number(from)) return null;
  if (Number(from) > last) return 'unsatisfiable';
  return { first: Number(from), last: to === '' ? last : Math.min(Number(to), last) };
}
