import * as v from 'valibot';
import { listenUpstreams, type ListenUpstreamId } from '../upstreams/listens.ts';

/** The sources that are no service, by their places in `ListenSources`. */
const OWN_SOURCES = { manual: 2, import: 3 };

/** Where a play was reported from. `manual` is a person's own word. */
export type ListenSource = ListenUpstreamId | keyof typeof OWN_SOURCES;
/** By their positions: pages of the journal hold the index. */
export const ListenSources = [
  ...[...listenUpstreams].map(([id, { position }]) => [id, position] as const),
  ...Object.entries(OWN_SOURCES),
]
  .sort(([, one], [, other]) => one - other)
  .map(([id]) => id) as readonly string[] as readonly ListenSource[];
export const ListenSource = v.picklist(ListenSources);

/** One listen of the journal, decoded. */
export interface Listen {
  id: number;
  /** Start of the play, seconds since the epoch; the unknown date where nobody knows it. */
  playedAt: number;
  trackId: number;
  /** The document that carries the track: an album's id, or minus an artist's id for a track without album. */
  ownerId: number;
  source: ListenSource;
  /** Roon's zone, where there was one. */
  zone?: string;
  /** How many scrobbles say so; 1 unless several sources reported the same play. */
  witnesses: number;
  note?: string;
  /** The source no longer lists it: it was deleted there. */
  goneUpstream?: boolean;
}

/** Whether a source measures what plays: its reports go before those that only repeat what a client submitted. */
export const measures = (source: string): boolean => listenUpstreams.get(source)?.measures ?? false;

/** The key of a report whose source gives it no id: two tracks may share one stamp, so the names belong to it. */
export const keyByNames = ({ playedAt, artist, title }: { playedAt: number; artist: string; title: string }): string =>
  `${playedAt}|${artist}|${title}`;
