import type { ListenItem } from '#server/library/api/reads.ts';
import type { Fault } from '#tests/simulators/kit/faults.ts';
import { eventually, ServedApp } from '#tests/contracts/roonTrackerFixture.ts';
import { FastClock } from '#tests/kit/fastClock.ts';
import { startLastfmSimulator, type LastfmSimulator } from '#tests/simulators/lastfm/simulator.ts';
import { SimulatedCore, type SimulatedZone } from '#tests/simulators/roon/index.ts';
import { planDay, type PlannedPlay } from './roonDayPlan.ts';

export interface RoonDayOptions {
  plays: number;
  /** How many times as fast as a real day. */
  speed: number;
  /** Lengths of the tracks, in seconds. */
  seconds: readonly [shortest: number, longest: number];
  /** Into how many sittings the plays fall; the hours between pass at once. */
  sittings: number;
  seed?: number;
}

/** What the journal says of the day at its end. */
export interface RoonDayReport {
  plays: number;
  listens: number;
  scrobbles: number;
  /** Listens that have one report of each source, and both of the play they should be of. */
  rightlyJoined: number;
  /** Listens in each zone, and how many there should be. */
  zones: Record<string, { listens: number; plays: number }>;
  roonDowntimes: number;
  lastfmDowntimes: number;
  /** Faults of ours in Roon's protocol, as the Core saw them. */
  protocolFaults: string[];
  hours: number;
}

const ZONES = ['Salon', 'Bureau', 'Cuisine'];
const HOUR = 3_600;
/** Seconds of music that go unheard in an outage of Roon: less than half of the shortest track. */
const UNHEARD_SECONDS = 20;
const LASTFM_FAULTS: Fault[] = [
  { kind: 'status', status: 503, times: Infinity },
  { kind: 'reset', times: Infinity },
  { kind: 'html', times: Infinity },
];

/**
 * Three zones play through a day; Roon reports to the server at once, Last.fm late and out of order, each in its own spelling, and each fails
 * three times. Every play must end as one listen with two source reports.
 */
export async function roonDay({ plays, speed, seconds, sittings, seed = 7 }: RoonDayOptions): Promise<RoonDayReport> {
  const clock = new FastClock(Date.parse('2026-03-02T06:00:00Z'), speed);
  const core = await SimulatedCore.start({ approved: true });
  const lastfm = await startLastfmSimulator({
    apiKey: 'key',
    secret: 'secret',
    user: 'ligeia',
    now: () => clock.now(),
  });
  const served = await ServedApp.open(
    {
      ROON_HOST: core.host,
      ROON_PORT: String(core.port),
      LASTFM_URL: lastfm.url,
      LASTFM_API_KEY: 'key',
      LASTFM_USERNAME: 'ligeia',
    },
    clock,
  );
  try {
    const plan = planDay({ plays, zones: ZONES, seconds, longestDelay: sittings > 1 ? 3 * HOUR : HOUR / 2, seed });
    const day = new Day({ clock, core, lastfm, served }, ((plays / ZONES.length) * seconds[0]) / 6);
    await day.begin();
    const perSitting = Math.ceil(plays / sittings);
    for (let sitting = 0; sitting < sittings; sitting += 1) {
      await day.listen(plan.slice(sitting * perSitting, (sitting + 1) * perSitting), plays);
      if (sitting < sittings - 1) clock.jump(4 * HOUR * 1000);
    }
    await day.end(plays);
    return await day.report(plan);
  } finally {
    await served.close();
    await Promise.all([core.close(), lastfm.close()]);
  }
}

interface Cast {
  clock: FastClock;
  core: SimulatedCore;
  lastfm: LastfmSimulator;
  served: ServedApp;
}

interface Sounding {
  play: PlannedPlay;
  zone: SimulatedZone;
  startedAt: number;
}

class Day {
  readonly #cast: Cast;
  readonly #startedAt: number;
  readonly #failureSeconds: number;
  readonly #uploads: { at: number; play: PlannedPlay; playedAt: number }[] = [];
  /** Each play by what is submitted to Last.fm. */
  readonly #submitted = new Map<string, PlannedPlay>();
  #begun = 0;
  #roonDowntimes = 0;
  #lastfmDowntimes = 0;
  #downtime: Promise<void> | null = null;
  #unheard = 0;
  #failingUntil = 0;

  /** @param failureSeconds how long each outage of Last.fm lasts */
  constructor(cast: Cast, failureSeconds: number) {
    this.#cast = cast;
    this.#failureSeconds = failureSeconds;
    this.#startedAt = this.#now();
  }

  #now(): number {
    return Math.floor(this.#cast.clock.now() / 1000);
  }

  async begin(): Promise<void> {
    for (const name of ZONES) this.#cast.core.zone(name);
    await this.#followed();
  }

  /** Plays a sitting through; a second of the clock is a second of music. */
  async listen(plan: readonly PlannedPlay[], all: number): Promise<void> {
    const queues = new Map(ZONES.map((zone) => [zone, plan.filter((play) => play.zone === zone)]));
    const sounding = new Map<string, Sounding>();
    const silentUntil = new Map<string, number>();
    let musicAt = this.#now();
    while (sounding.size > 0 || [...queues.values()].some((queue) => queue.length > 0)) {
      for (const [name, { play, zone, startedAt }] of sounding) {
        if (zone.state === 'playing') continue;
        sounding.delete(name);
        silentUntil.set(name, this.#now() + (queues.get(name)![0]?.pause ?? 0));
        this.#uploads.push({ at: this.#now() + play.delay, play, playedAt: startedAt + play.skew });
      }
      for (const [name, queue] of queues) {
        if (sounding.has(name) || queue.length === 0 || this.#now() < (silentUntil.get(name) ?? 0)) continue;
        const play = queue.shift()!;
        const zone = this.#cast.core.zone(name).play(play.roon);
        sounding.set(name, { play, zone, startedAt: this.#now() });
        this.#submitted.set(submissionKey(this.#now() + play.skew, play.lastfm.title), play);
        this.#begun += 1;
        this.#injectFaults(this.#begun / all);
      }
      this.#upload();
      await new Promise((resolve) => setTimeout(resolve, 2));
      for (; musicAt < this.#now(); musicAt += 1) this.#second();
    }
    await this.#downtime;
  }

  /** One second of music; while Roon is away only so many go by that every play can still be heard well enough. */
  #second(): void {
    if (this.#downtime && (this.#unheard += 1) > UNHEARD_SECONDS) return;
    this.#cast.core.tick(1);
  }

  #injectFaults(progress: number): void {
    if (this.#roonDowntimes < 3 && !this.#downtime && progress >= [0.2, 0.5, 0.75][this.#roonDowntimes]!)
      this.#loseRoon();
    if (this.#lastfmDowntimes < 3 && this.#failingUntil === 0 && progress >= [0.1, 0.4, 0.7][this.#lastfmDowntimes]!) {
      this.#cast.lastfm.fault(LASTFM_FAULTS[this.#lastfmDowntimes]!);
      this.#lastfmDowntimes += 1;
      this.#failingUntil = this.#now() + this.#failureSeconds;
    }
  }

  /** The connection drops, the Core restarts, its machine hangs. */
  #loseRoon(): void {
    const { core, served } = this.#cast;
    const ways = [
      () => Promise.resolve(core.drop()),
      () => core.restart({ awayMs: 100 }),
      async () => {
        core.goSilent('everything');
        await eventually(async () => !(await served.roon()).paired);
        core.speak();
      },
    ];
    const registrations = core.registrations.length;
    const away = ways[this.#roonDowntimes]!();
    this.#roonDowntimes += 1;
    this.#unheard = 0;
    this.#downtime = away.then(async () => {
      await eventually(() => core.registrations.length > registrations);
      await this.#followed();
      this.#downtime = null;
    });
  }

  /** Nothing that the zones do escapes the server any more. */
  async #followed(): Promise<void> {
    const { core, served } = this.#cast;
    const asked = (what: string) => core.requests.filter((name) => name.endsWith(what)).length;
    await eventually(
      async () =>
        (await served.roon()).paired && asked('/subscribe_zones') >= asked('/register') && (await this.#isInStep()),
    );
  }

  async #isInStep(): Promise<boolean> {
    const reported = (await this.#cast.served.roon()).zones.map(({ id, nowPlaying }) => `${id} ${nowPlaying?.title}`);
    const real = this.#cast.core.transport.zones().map(({ id, current }) => `${id} ${current?.title}`);
    return reported.sort().join() === real.sort().join();
  }

  /** Last.fm hears of what is due, the latest first, as phones do. */
  #upload(): void {
    const { lastfm } = this.#cast;
    if (this.#failingUntil > 0 && this.#now() >= this.#failingUntil) {
      lastfm.clearFaults();
      this.#failingUntil = 0;
    }
    const due = this.#uploads.filter(({ at }) => at <= this.#now());
    for (const upload of due.reverse()) {
      this.#uploads.splice(this.#uploads.indexOf(upload), 1);
      lastfm.scrobble({ ...upload.play.lastfm, playedAt: upload.playedAt });
    }
  }

  /** The music is over; what is late arrives, and what was missed is read again within the hour. */
  async end(plays: number): Promise<void> {
    const { clock, served } = this.#cast;
    while (this.#uploads.length > 0) {
      clock.jump(HOUR * 1000);
      this.#upload();
    }
    this.#cast.lastfm.clearFaults();
    clock.jump(1.1 * HOUR * 1000);
    const given = performance.now();
    await eventually(() => served.library.reads.counts().scrobbles >= 2 * plays || performance.now() - given > 60_000);
    // A restart reads the last fortnight once more: nothing may come of it.
    await served.restart();
    await eventually(
      async () => ((await served.ask('GET', '/services/tracker/status')).json['nextPollAt'] ?? null) !== null,
    );
  }

  async report(plan: readonly PlannedPlay[]): Promise<RoonDayReport> {
    const { core, served } = this.#cast;
    const listens = await served.listens();
    const { listens: total, scrobbles } = served.library.reads.counts();
    return {
      plays: plan.length,
      listens: total,
      scrobbles,
      rightlyJoined: this.#rightlyJoined(listens, plan),
      zones: Object.fromEntries(
        ZONES.map((zone) => [
          zone,
          {
            listens: listens.filter((listen) => listen.zone === zone).length,
            plays: plan.filter((play) => play.zone === zone).length,
          },
        ]),
      ),
      roonDowntimes: this.#roonDowntimes,
      lastfmDowntimes: this.#lastfmDowntimes,
      protocolFaults: core.faults,
      hours: Math.round((this.#now() - this.#startedAt) / HOUR),
    };
  }

  /** Each zone's listens in their order are its plays in theirs: how many have one report of each source, both of that play. */
  #rightlyJoined(listens: readonly ListenItem[], plan: readonly PlannedPlay[]): number {
    return ZONES.flatMap((name) => {
      const plays = plan.filter(({ zone }) => zone === name);
      const heard = listens.filter(({ zone }) => zone === name).sort((one, other) => one.playedAt - other.playedAt);
      return heard.filter(({ witnesses: sourceReports }, index) => {
        const [roon, lastfm] = ['roon', 'lastfm'].map((source) =>
          sourceReports.find((member) => member.source === source),
        );
        if (sourceReports.length !== 2 || !roon || !lastfm || roon.title !== plays[index]?.roon.title) return false;
        return this.#submitted.get(submissionKey(lastfm.playedAt, lastfm.title)) === plays[index];
      });
    }).length;
  }
}

const submissionKey = (playedAt: number, title: string): string => `${playedAt} ${title}`;
