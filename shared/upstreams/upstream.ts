/** What a service is there for; its card stands with those of its kind in Settings, in this order. */
export const UPSTREAM_KINDS = ['plays', 'collection', 'lookups', 'texts'] as const;
export type UpstreamKind = (typeof UPSTREAM_KINDS)[number];

/** A setting that a service's card asks for. Pages call it `field.<setting>`, and say `hint.<setting>` below it where there is a hint. */
export interface UpstreamField {
  /** The setting's key, as `lastfm.apiKey`. */
  setting: string;
  hint?: true;
  /** A whole number and not a text. */
  number?: true;
  /** The first start asks for it already: it is among the few that are enough to begin. */
  atStart?: true;
}

/** What a service's reports of plays are worth beside others of the same play. */
export interface UpstreamListens {
  /** Its place in `ListenSources`, by which pages of the journal name it: never changed, and a new one takes the next. */
  position: number;
  /** It measures what plays, so its stamp, zone and length go before all others; without it, it repeats what a client submitted. */
  measures?: true;
  /** How it joins performers and composers in one line; without it, it names performers only. */
  creditsJoinedBy?: string;
  /** It gives its reports no ids: their keys are made of the stamp and the names. Without it, the key is its own. */
  keyedByNames?: true;
}

/** Whose pictures of albums and artists are shown, where several are known. */
export interface UpstreamImages {
  /** Its place in `ImageSources`, in the order of which schemas list them: never changed, and a new one takes the next. */
  position: number;
  /** The name that its pictures are stored under; without it, the service's id. */
  source?: string;
  /** Its rank for an album on the shelf, where the sleeve that is owned goes first: the lowest is shown. */
  owned: number;
  /** The same for music that is only heard, where no pressing is the right one and the cleanest picture goes first. */
  heard: number;
  /** Known to this household's own device alone, under keys that may change: they only fill gaps, with one an album. */
  local?: true;
}

/** What the server and the pages both know of a service; what only the server knows is in `server/upstreams/<id>/`. */
export interface SharedUpstream {
  /** As the service spells itself, in every language. */
  name: string;
  kind: UpstreamKind;
  /** What is missing is looked up there by itself; a person can pause that. */
  looksUp: boolean;
  /** What connects it, in the order in which a person is asked for it. */
  fields: readonly UpstreamField[];
  /** The page where a person gets its keys. */
  keysAt?: string;
  /** It can be asked once, with the settings as they are: there is a route `/services/<id>/test`. Without it, it cannot. */
  testable?: true;
  /** An account of its can be connected on a page of its own, once these settings are there; without it, keys are all. */
  account?: { needs: readonly string[] };
  /** The setting by which it is asked at all, where there is no key to be left out. */
  switchedBy?: string;
  /** It reports plays; without it, none. */
  listens?: UpstreamListens;
  /** It says what plays now: in the zones of this household, or anywhere by an account. Without it, it does not. */
  nowPlaying?: 'zones' | 'account';
  /** Pictures come from it; without it, none. */
  images?: UpstreamImages;
}
