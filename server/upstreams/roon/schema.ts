import * as v from 'valibot';
import { entriesRead, refuseMostlyUnreadable } from '#server/kit/http/setAside.ts';
import { looseList } from '#server/kit/http/responseSchema.ts';
import { cut } from '#shared/text/cut.ts';
import { roonFailure } from './failure.ts';
import { trimmed } from '#shared/text/blank.ts';
import { ROON } from './settings.ts';

/**
 * What Roon sends, read so that a missing or odd field costs that field and nothing else, and an entry that cannot be read that
 * entry: it is set aside for whoever collects it.
 */

const LONGEST_TEXT = 1000;
const MOST_ZONES = 500;

const text = v.pipe(
  v.string(),
  v.transform((value) => trimmed(cut(value, LONGEST_TEXT))),
);
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const seconds = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1_000_000_000));
const maybe = <T extends v.GenericSchema>(schema: T) => v.fallback(v.nullable(schema), null);
const lines = v.fallback(
  v.object({ line1: v.fallback(text, ''), line2: v.fallback(text, ''), line3: v.fallback(text, '') }),
  { line1: '', line2: '', line3: '' },
);

const nowPlaying = v.object({
  seek_position: maybe(seconds),
  length: maybe(seconds),
  image_key: maybe(id),
  one_line: lines,
  two_line: lines,
  three_line: lines,
});

const output = v.pipe(
  v.object({ output_id: id, display_name: v.fallback(text, '') }),
  v.transform(({ output_id, display_name }) => ({ id: output_id, name: display_name })),
);
const zone = v.pipe(
  v.object({
    zone_id: id,
    display_name: v.fallback(text, ''),
    state: v.fallback(v.picklist(['playing', 'paused', 'loading', 'stopped']), 'stopped'),
    outputs: v.optional(looseList(output), []),
    now_playing: maybe(nowPlaying),
  }),
  v.transform(({ zone_id, display_name, state, outputs, now_playing }): RoonZone => ({
    id: zone_id,
    name: display_name || zone_id,
    state,
    outputs,
    nowPlaying: now_playing && readNowPlaying(now_playing),
  })),
);
const seek = v.pipe(
  v.object({ zone_id: id, seek_position: maybe(seconds) }),
  v.transform(({ zone_id, seek_position }): RoonSeek => ({ zoneId: zone_id, seekPosition: seek_position })),
);

export interface RoonNowPlaying {
  /** First line as Roon shows it: the track, or the station of a radio. May be empty. */
  title: string;
  /** Second line, raw: performers and composers joined with " / "; often "Artist - Title" on a radio. */
  artists: string;
  album: string;
  /** Null for a radio or any endless stream. */
  lengthSeconds: number | null;
  seekPosition: number | null;
  imageKey: string | null;
}

export interface RoonZone {
  id: string;
  name: string;
  state: 'playing' | 'paused' | 'loading' | 'stopped';
  /** The speakers it plays on: more than one when zones are grouped. */
  outputs: { id: string; name: string }[];
  nowPlaying: RoonNowPlaying | null;
}

export interface RoonSeek {
  zoneId: string;
  seekPosition: number | null;
}

/** One `Changed`, to be applied in this order: removed, added, changed, seek-changed. */
export interface RoonZonesMessage {
  removed: string[];
  added: RoonZone[];
  changed: RoonZone[];
  seekChanged: RoonSeek[];
}

/**
 * All zones, as `Subscribed` and `get_zones` report them.
 * @throws UpstreamError `malformed` when there is no list of zones, or most of it cannot be read.
 */
export function readZones(body: unknown): RoonZone[] {
  const list = field(body, 'zones');
  if (!Array.isArray(list)) throw roonFailure('malformed', 'The Roon Core did not tell its zones');
  const { read, aside } = entriesRead(zone, list.slice(0, MOST_ZONES));
  refuseMostlyUnreadable(ROON, aside, list.length);
  return read.map(({ value }) => value);
}

/** What changed, as far as it can be read: a poll brings the rest. */
export function readZonesMessage(body: unknown): RoonZonesMessage {
  const each = <S extends v.GenericSchema>(name: string, schema: S) =>
    v.parse(looseList(schema), field(body, name)).slice(0, MOST_ZONES);
  return {
    removed: each('zones_removed', id),
    added: each('zones_added', zone),
    changed: each('zones_changed', zone),
    seekChanged: each('zones_seek_changed', seek),
  };
}

function field(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
}

/** Three lines are the fullest; a Core that sends fewer still gives the title and the artists. */
function readNowPlaying(value: v.InferOutput<typeof nowPlaying>): RoonNowPlaying {
  const { three_line: three, two_line: two, one_line: one } = value;
  return {
    title: three.line1 || two.line1 || one.line1,
    artists: three.line2 || two.line2,
    album: three.line3,
    lengthSeconds: value.length === 0 ? null : value.length,
    seekPosition: value.seek_position,
    imageKey: value.image_key,
  };
}
