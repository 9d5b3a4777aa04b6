import { catalogue, shelf } from '../catalogue/catalogue.ts';
import { SeededChance } from '../catalogue/random.ts';
import type { CatalogueRecord } from '../catalogue/record.ts';
import { asPlayed } from './asPlayed.ts';
import { localMidnight, sittingsOf } from './dayRhythm.ts';
import type { SimulatedLove } from './lovedTracks.ts';
import type { SimulatedPlay, SimulatedTrack } from './playHistory.ts';

export { keepPlaying } from './keepPlaying.ts';

export interface ListenerOptions {
  /** The history ends before this moment, in seconds since the epoch. */
  until: number;
  /** Default 2. */
  years?: number;
  /** Another seed is another person. Default 1. */
  seed?: number;
  /** Whose mornings and evenings. Default Europe/Zurich. */
  timeZone?: string;
}

export interface InventedListener {
  /** Oldest first; no two overlap. */
  plays: SimulatedPlay[];
  loved: SimulatedLove[];
}

const DAY = 86_400;

/**
 * Invents a person and what they listened to: records played through, favourites that last and passing enthusiasms, mornings and
 * evenings, weeks away, the radio with tracks of no album. The same seed and moment give the same history; about 9,000 plays a year.
 */
export function inventListener({
  until,
  years = 2,
  seed = 1,
  timeZone = 'Europe/Zurich',
}: ListenerOptions): InventedListener {
  const chance = new SeededChance(seed);
  const taste = new Taste(chance);
  const plays: SimulatedPlay[] = [];
  const lastDay = Math.floor(until / DAY);
  let daysAway = 0;
  for (let day = lastDay - Math.round(years * 365.25); day <= lastDay; day += 1) {
    if (day % 30 === 0) taste.drift();
    if (daysAway === 0 && chance.happens(0.008)) daysAway = chance.whole(3, 12);
    daysAway = Math.max(0, daysAway - 1);
    const quiet = daysAway > 0 || chance.happens(0.06);
    if (quiet) continue;
    const midnight = localMidnight(day, timeZone);
    for (const { startsAt, minutes } of sittingsOf(new Date(day * DAY * 1000).getUTCDay(), chance)) {
      plays.push(...sitting(midnight + startsAt, minutes, taste, chance));
    }
  }
  const heard = plays.filter(({ playedAt, durationSeconds = 0 }) => playedAt + durationSeconds < until);
  return { plays: heard, loved: lovesOf(heard, chance) };
}

/** What a person reaches for: a shelf in the order of their liking, which shifts with the months. */
class Taste {
  readonly #chance: SeededChance;
  #liked: CatalogueRecord[];
  #lately: CatalogueRecord[] = [];

  constructor(chance: SeededChance) {
    this.#chance = chance;
    this.#liked = chance.shuffled(shelf);
    this.drift();
  }

  /** A month later: some records have risen, a few new ones are in the air. */
  drift(): void {
    for (let changes = 0; changes < 6; changes += 1) {
      const [risen] = this.#liked.splice(this.#chance.whole(0, this.#liked.length - 1), 1);
      this.#liked.splice(this.#chance.whole(0, 12), 0, risen!);
    }
    this.#lately = Array.from({ length: 5 }, () => this.#chance.one(catalogue));
  }

  record(): CatalogueRecord {
    const mood = this.#chance.next();
    if (mood < 0.12) return this.#chance.one(this.#lately);
    return mood < 0.2 ? this.#chance.one(catalogue) : this.#chance.favourite(this.#liked);
  }
}

/** Tracks one after another until the time is over. */
function sitting(startsAt: number, minutes: number, taste: Taste, chance: SeededChance): SimulatedPlay[] {
  const plays: SimulatedPlay[] = [];
  const endsAt = startsAt + minutes * 60;
  let now = startsAt;
  while (now < endsAt) {
    for (const track of choice(taste, chance)) {
      if (now >= endsAt) break;
      plays.push({ playedAt: now, ...track });
      now += track.durationSeconds! + chance.whole(1, 6);
    }
    now += chance.whole(20, 240);
  }
  return plays;
}

/** A record from its first track, some favourites mixed, or the radio, which says no album. */
function choice(taste: Taste, chance: SeededChance): SimulatedTrack[] {
  const manner = chance.next();
  if (manner < 0.68) {
    const record = taste.record();
    const whole = chance.happens(0.7) ? record.tracks.length : chance.whole(1, record.tracks.length);
    return record.tracks.slice(0, whole).map((track) => asPlayed(record, track));
  }
  const mixed = Array.from({ length: chance.whole(2, 9) }, () => {
    const record = taste.record();
    return asPlayed(record, chance.favourite(record.tracks));
  });
  return manner < 0.92 ? mixed : mixed.map(({ album: _unsaid, ...track }) => track);
}

/** Of the tracks played often some are loved, a while after they were first heard so. */
function lovesOf(plays: readonly SimulatedPlay[], chance: SeededChance): SimulatedLove[] {
  const heard = new Map<string, number>();
  return plays.flatMap(({ artist, title, playedAt }) => {
    const key = `${artist}\n${title}`;
    const times = (heard.get(key) ?? 0) + 1;
    heard.set(key, times);
    return times === 8 && chance.happens(0.35) ? [{ artist, title, lovedAt: playedAt + 60 }] : [];
  });
}
