import type { RoonZone } from '#server/upstreams/roon/index.ts';
import type { ListeningEvent, ZonesEvent } from './events.ts';
import { createListeningRule, type ListeningOptions } from './rule.ts';
import { emptyListening, type ListeningState } from './state.ts';

/** A track of the examples; `length` in seconds, null for a radio. */
export interface Track {
  title: string;
  length: number | null;
  artists?: string;
  album?: string;
}

/** A listening session: what happens in the zones, reported to the rule message by message, and what became of it. */
export class Scenario {
  at = 1_700_000_000;
  state: ListeningState = emptyListening;
  readonly events: ListeningEvent[] = [];
  readonly emitted: ZonesEvent[] = [];
  zones = new Map<string, RoonZone>();
  readonly #rule;

  constructor(options: ListeningOptions = {}) {
    this.#rule = createListeningRule(options);
  }

  get earned() {
    return this.events.filter(({ type }) => type === 'earned').map(({ listen }) => listen);
  }

  get ended() {
    return this.events.filter(({ type }) => type === 'ended').map(({ listen }) => listen);
  }

  /** Reports to the rule how the zones are now. */
  emit(event: ZonesEvent = { type: 'zones', at: this.at, zones: [...this.zones.values()] }): this {
    this.emitted.push(event);
    const { state, events } = this.#rule.step(this.state, event);
    this.state = state;
    this.events.push(...events);
    return this;
  }

  set(name: string, change: Partial<RoonZone>): this {
    const fresh: RoonZone = {
      id: `1601${name}`,
      name,
      state: 'stopped',
      outputs: [{ id: `1701${name}`, name }],
      nowPlaying: null,
    };
    this.zones.set(name, { ...(this.zones.get(name) ?? fresh), ...change });
    return this;
  }

  play(name: string, track: Track, position: number | null = 0): this {
    const { title, length, artists = 'Someone', album = 'Somewhere' } = track;
    const nowPlaying = { title, artists, album, lengthSeconds: length, seekPosition: position, imageKey: null };
    return this.set(name, { state: 'playing', nowPlaying }).emit();
  }

  seek(name: string, position: number | null): this {
    const { nowPlaying } = this.zones.get(name)!;
    return this.set(name, { nowPlaying: { ...nowPlaying!, seekPosition: position } }).emit();
  }

  pause(name: string): this {
    return this.set(name, { state: 'paused' }).emit();
  }

  resume(name: string): this {
    return this.set(name, { state: 'playing' }).emit();
  }

  stop(name: string): this {
    return this.set(name, { state: 'stopped', nowPlaying: null }).emit();
  }

  /** Seconds pass; every zone that plays moves on, one word a second. */
  pass(seconds: number): this {
    for (let second = 0; second < seconds; second += 1) {
      this.at += 1;
      for (const [name, zone] of this.zones) {
        if (zone.state !== 'playing' || zone.nowPlaying?.seekPosition == null) continue;
        const nowPlaying = { ...zone.nowPlaying, seekPosition: zone.nowPlaying.seekPosition + 1 };
        this.zones.set(name, { ...zone, nowPlaying });
      }
      this.emit();
    }
    return this;
  }

  lose(): this {
    return this.emit({ type: 'lost', at: this.at });
  }

  /** All members' zones go and one comes, with what the lead played; in one message. */
  group(lead: string, ...others: string[]): this {
    const members = [lead, ...others].map((name) => this.zones.get(name)!);
    for (const name of [lead, ...others]) this.zones.delete(name);
    const name = `${lead} + ${others.length}`;
    const { state, nowPlaying } = members[0]!;
    return this.set(name, { state, nowPlaying, outputs: members.flatMap(({ outputs }) => outputs) }).emit();
  }

  /** The group goes, its members come; the first goes on with what played. */
  ungroup(name: string, others: Partial<RoonZone> = {}): this {
    const { outputs, state, nowPlaying } = this.zones.get(name)!;
    this.zones.delete(name);
    for (const output of outputs) this.set(output.name, { outputs: [output], ...others });
    return this.set(outputs[0]!.name, { state, nowPlaying }).emit();
  }
}
