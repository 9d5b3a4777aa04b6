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
}
