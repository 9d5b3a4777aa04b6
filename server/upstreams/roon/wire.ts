import * as v from 'valibot';
import { entriesRead, type SetAside } from '#server/kit/http/setAside.ts';
import { cut } from '#shared/text/cut.ts';

/** What Roon sends, read so that a missing or odd field costs that field and nothing else. */

const LONGEST_TEXT = 1000;
const MOST_ZONES = 500;

const text = v.pipe(
  v.string(),
  v.transform((value) => cut(value, LONGEST_TEXT).trim()),
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

const zone = v.object({
  zone_id: id,
  display_name: v.fallback(text, ''),
  state: v.fallback(v.picklist(['playing', 'paused', 'loading', 'stopped']), 'stopped'),
  outputs: v.fallback(v.array(v.unknown()), []),
  now_playing: maybe(nowPlaying),
});
const output = v.object({ output_id: id, display_name: v.fallback(text, '') });
const seek = v.object({ zone_id: id, seek_position: maybe(seconds) });

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

/** All zones, as `Subscribed` and `get_zones` tell them. */
export function readZones(body: unknown): RoonZone[] {
  return readEach(field(body, 'zones'), readZone);
}

/** Zones that cannot be shown: without an id there is nothing to tell them apart by. */
export function unreadZones(body: unknown): SetAside[] {
  const list = field(body, 'zones');
  return Array.isArray(list) ? entriesRead(zone, list.slice(0, MOST_ZONES)).aside : [];
}

export function readZonesMessage(body: unknown): RoonZonesMessage {
  return {
    removed: readEach(field(body, 'zones_removed'), (value) => (typeof value === 'string' ? value : null)),
    added: readEach(field(body, 'zones_added'), readZone),
    changed: readEach(field(body, 'zones_changed'), readZone),
    seekChanged: readEach(field(body, 'zones_seek_changed'), readSeek),
  };
}

function field(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
}

function readEach<T>(list: unknown, read: (value: unknown) => T | null): T[] {
  if (!Array.isArray(list)) return [];
  return list.slice(0, MOST_ZONES).flatMap((value: unknown) => read(value) ?? []);
}

function readSeek(value: unknown): RoonSeek | null {
  const parsed = v.safeParse(seek, value);
  return parsed.success ? { zoneId: parsed.output.zone_id, seekPosition: parsed.output.seek_position } : null;
}

function readZone(value: unknown): RoonZone | null {
  const parsed = v.safeParse(zone, value);
  if (!parsed.success) return null;
  const { zone_id, display_name, state, outputs, now_playing } = parsed.output;
  return {
    id: zone_id,
    name: display_name || zone_id,
    state,
    outputs: readEach(outputs, readOutput),
    nowPlaying: now_playing && readNowPlaying(now_playing),
  };
}

function readOutput(value: unknown): { id: string; name: string } | null {
  const parsed = v.safeParse(output, value);
  return parsed.success ? { id: parsed.output.output_id, name: parsed.output.display_name } : null;
}

/** Three lines are the fullest; a Core that sends fewer still tells the title and the artists. */
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
