/** Artist, title, year (0 when not known), and titles of tracks where they matter. */
export type Named = readonly [artist: string, title: string, year?: number, tracks?: readonly string[]];

/**
 * A hand-made case: an album as it was heard, one as it is owned, and what a person who knows the records would say;
 * `unsure` where these names do not decide it.
 */
export type AlbumCase = readonly [about: string, heard: Named, owned: Named, decision: 'same' | 'different' | 'unsure'];
