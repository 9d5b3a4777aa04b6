/** So much of a track, in seconds, is enough however long it is. */
const ENOUGH_SECONDS = 240;

/** Assumed of a track, in seconds, where nothing says how long it is: most are shorter. */
export const USUAL_SECONDS = 240;

/** Assumed of a whole record, in seconds, where nothing says how long it is. */
export const USUAL_RECORD_SECONDS = 2_400;

/** How much of a track of this length has to be heard for a listen, in seconds: half of it, or 4 minutes. The rule of Last.fm's scrobbling. */
export const enoughOf = (seconds: number): number => Math.min(seconds / 2, ENOUGH_SECONDS);
