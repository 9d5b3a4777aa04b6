import type { RoonZone } from '#server/upstreams/roon/index.ts';
import { BEGINNING_SECONDS, continuity, isNextRound } from './continuity.ts';
import { cover } from './coverage.ts';
import { hasEarned, LISTENED_STEP } from './earning.ts';
import { type ListeningEvent, listenOf } from './events.ts';
import { isSameItem, type Item, itemOf, titleHash } from './item.ts';
import type { ListeningState, Play, Trace } from './state.ts';
import type { ZonePolicy } from './zonePolicy.ts';

/**
 * How long a play whose zone vanished or fell silent may turn up again: a restarted Core brings its zones back one by
 * one. Seconds.
 */
const PARKED_SECONDS = 120;

/** One zone of the snapshot at hand. */
interface Sight {
  zone: RoonZone;
  item: Item;
  position: number | null;
  playing: boolean;
}

/** A trace that a zone may continue: as it was, and itself until the first zone takes it over. */
interface TraceCandidate {
  trace: Trace | null;
  was: Trace;
  zoneGone: boolean;
}

/** The state while one event is applied to it. */
export class Draft {
  readonly #policy: ZonePolicy;
  readonly #radio: boolean;
  readonly #events: ListeningEvent[] = [];
  #connected: boolean;
  #sequence: number;
  #shown: Record<string, string>;
  #traces: Trace[];
  readonly #plays: Map<string, Play>;

  constructor(state: ListeningState, policy: ZonePolicy, radio: boolean) {
    this.#policy = policy;
    this.#radio = radio;
    this.#connected = state.connected;
    this.#sequence = state.sequence;
    this.#shown = state.shown;
    this.#traces = state.traces.map((trace) => ({ ...trace }));
    this.#plays = new Map(Object.entries(state.plays).map(([key, play]) => [key, { ...play }]));
  }

  result(): { state: ListeningState; events: ListeningEvent[] } {
    const state: ListeningState = {
      connected: this.#connected,
      sequence: this.#sequence,
      shown: this.#shown,
      traces: this.#traces,
      plays: Object.fromEntries(this.#plays),
    };
    return { state, events: this.#events };
  }

  lose(): void {
    if (!this.#connected) return;
    this.#connected = false;
    for (const trace of this.#traces) trace.stale = true;
    for (const play of this.#plays.values()) this.#emitEnd(play);
  }

  hear(zones: readonly RoonZone[], at: number): void {
    const counted = zones.filter((zone) => this.#policy.counts(zone));
    const present = new Set(counted.map(({ id }) => id));
    const sights = counted.flatMap((zone): Sight[] => {
      const item = itemOf(zone.nowPlaying, { radio: this.#radio });
      return item ? [{ zone, item, position: zone.nowPlaying!.seekPosition, playing: zone.state === 'playing' }] : [];
    });
    this.#traces = this.#traces.filter(({ parkedAt }) => parkedAt === null || at - parkedAt <= PARKED_SECONDS);
    const goneOn = this.#followOwnZones(sights, at);
    const newSights = sights.filter((sight) => !goneOn.has(sight) && this.#isNew(sight));
    const candidates = this.#traces.map((trace): TraceCandidate => {
      return { trace, was: { ...trace }, zoneGone: !present.has(trace.zoneId) };
    });
    for (const sight of newSights.sort(playingFirst)) {
      if (this.#claim(sight, candidates, at)) goneOn.add(sight);
    }
    for (const sight of sights) if (!goneOn.has(sight) && sight.playing) this.#begin(sight, at);
    this.#release(sights, at);
    this.#shown = Object.fromEntries(sights.map(({ zone, item }) => [zone.id, fingerprint(item)]));
    this.#connected = true;
  }

  /** Zones that go on with what they played. @returns their sights. */
  #followOwnZones(sights: Sight[], at: number): Set<Sight> {
    const followed = new Set<Sight>();
    for (const sight of sights) {
      const trace = this.#traces.find((each) => each.zoneId === sight.zone.id && each.parkedAt === null);
      const play = trace && this.#plays.get(trace.playKey)!;
      if (!trace || !play || !isSameItem(sight.item, play.item)) continue;
      if (isNextRound(trace, play.item, sight.position, at)) {
        this.#drop(trace);
      } else {
        this.#advance(trace, sight, at);
        followed.add(sight);
      }
    }
    return followed;
  }

  /** Hands a play over to a zone that has begun to show its item: regrouped, transferred, resumed after a stop. */
  #claim(sight: Sight, candidates: TraceCandidate[], at: number): boolean {
    const outputIds = sight.zone.outputs.map(({ id }) => id);
    const newItem = { item: sight.item, position: sight.position, outputIds };
    let best: { candidate: TraceCandidate; score: number } | null = null;
    for (const candidate of candidates) {
      const play = this.#plays.get(candidate.was.playKey)!;
      const score = continuity(newItem, candidate.was, play, candidate.zoneGone, at);
      if (score > (best?.score ?? 0)) best = { candidate, score };
    }
    if (!best) return false;
    const { candidate } = best;
    // A zone that still is there keeps its trace, and the first of several successors takes it: all of them may play on.
    const isFree = candidate.zoneGone || candidate.was.parkedAt !== null;
    const own = isFree && candidate.trace ? candidate.trace : { ...candidate.was };
    if (own === candidate.trace) candidate.trace = null;
    else this.#traces.push(own);
    own.zoneId = sight.zone.id;
    this.#advance(own, sight, at);
    return true;
  }

  #begin(sight: Sight, at: number): void {
    const { zone, item, position } = sight;
    const into = position ?? 0;
    // Seen from its beginning, or at a first look at this Core, it began when its position says. Resumed or begun in
    // the middle before our eyes, it begins now.
    const unseen = !this.#connected && item.durationSeconds !== null && into <= item.durationSeconds;
    const startedAt = at - (unseen || into <= BEGINNING_SECONDS ? into : 0);
    this.#sequence += 1;
    const key = `${zone.id}:${Math.round(startedAt * 1000)}:${titleHash(item.title)}:${this.#sequence}`;
    const zoneName = this.#policy.nameOf(zone);
    this.#plays.set(key, { key, item, startedAt, endedAt: at, zoneId: zone.id, zoneName, heard: [], earned: false });
    const outputIds = zone.outputs.map(({ id }) => id);
    const fresh = { position, playing: true, seenAt: at, parkedAt: null, stale: false };
    this.#traces.push({ zoneId: zone.id, playKey: key, outputIds, ...fresh });
  }

  #advance(trace: Trace, { zone, item, position, playing }: Sight, at: number): void {
    const play = this.#plays.get(trace.playKey)!;
    play.item = { ...play.item, durationSeconds: play.item.durationSeconds ?? item.durationSeconds };
    if (position !== null && trace.position !== null && (playing || trace.playing)) {
      const step = position - trace.position;
      if (step > 0 && step <= LISTENED_STEP) {
        play.heard = cover(play.heard, trace.position, position);
        play.endedAt = Math.max(play.endedAt, at);
      }
    }
    trace.position = position ?? trace.position;
    trace.playing = playing;
    trace.outputIds = zone.outputs.map(({ id }) => id);
    trace.seenAt = at;
    trace.parkedAt = null;
    trace.stale = false;
    if (!play.earned && hasEarned(play)) {
      play.earned = true;
      this.#events.push({ type: 'earned', listen: listenOf(play) });
    }
  }

  /** Lets go of what its zone no longer plays: at once when it plays something else, else the play may yet turn up. */
  #release(sights: Sight[], at: number): void {
    const shown = new Map(sights.map((sight) => [sight.zone.id, sight]));
    for (const trace of [...this.#traces]) {
      const sight = shown.get(trace.zoneId);
      const play = this.#plays.get(trace.playKey)!;
      if (sight) {
        if (!isSameItem(sight.item, play.item) || trace.parkedAt !== null) this.#drop(trace);
      } else {
        trace.parkedAt ??= at;
      }
    }
    for (const [key, play] of this.#plays) {
      if (this.#traces.some(({ playKey }) => playKey === key)) continue;
      this.#plays.delete(key);
      this.#emitEnd(play);
    }
  }

  #isNew({ zone, item }: Sight): boolean {
    return !Object.hasOwn(this.#shown, zone.id) || this.#shown[zone.id] !== fingerprint(item);
  }

  #drop(trace: Trace): void {
    this.#traces = this.#traces.filter((each) => each !== trace);
  }

  #emitEnd(play: Play): void {
    if (play.earned) this.#events.push({ type: 'ended', listen: listenOf(play) });
  }
}

const playingFirst = (a: Sight, b: Sight): number => Number(b.playing) - Number(a.playing);

const fingerprint = ({ title, artists, album, durationSeconds }: Item): string =>
  JSON.stringify([title, artists, album, durationSeconds]);
