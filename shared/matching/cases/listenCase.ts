/** Artist, title, album ('' when not known) and duration in seconds (0 when not known), as a source reports them. */
export type Heard = readonly [artist: string, title: string, album?: string, seconds?: number];

/**
 * A hand-made case: what Roon reports, what Last.fm reports `gap` seconds later, and whether a person who knows the
 * records would say that it is one play.
 */
export type ListenCase = readonly [about: string, roon: Heard, lastfm: Heard, gap: number, decision: 'one' | 'two'];
