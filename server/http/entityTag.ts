/**
 * Whether an `If-None-Match` header names this version, so that nothing has to be sent (RFC 9110, 13.1.2). It may list several; a
 * proxy that compresses marks them as weak, which makes no difference here.
 */
export const namesVersion = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch?.trim() === '*' || (ifNoneMatch ?? '').split(',').some((tag) => strongOf(tag.trim()) === strongOf(etag));

const strongOf = (tag: string): string => tag.replace(/^W\//, '');
