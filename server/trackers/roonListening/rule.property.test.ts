import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ListeningEvent } from './events.ts';
import { Scenario, type Track } from './scenario.fixture.ts';
import { type Moment, slowListens } from './reference.fixture.ts';
import { readListening } from './state.ts';

const tracks: Track[] = [
  { title: 'Short', length: 30 },
  { title: 'Barely', length: 31 },
  { title: 'Song', length: 90 },
  { title: 'Long', length: 600 },
];

const deed = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.nat(70) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('play' as const),
      track: fc.nat(tracks.length - 1),
      position: fc.constantFrom(0, 0, 0, 2, 40),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('seek' as const), position: fc.oneof(fc.nat(600), fc.nat(4)) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('skip' as const), by: fc.integer({ min: -8, max: 8 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('toEnd' as const), left: fc.integer({ min: 1, max: 14 }) }) },
  fc.record({ do: fc.constant('pause' as const) }),
  fc.record({ do: fc.constant('resume' as const) }),
  fc.record({ do: fc.constant('stop' as const) }),
  fc.record({ do: fc.constant('again' as const), away: fc.nat(150) }),
  fc.record({ do: fc.constant('repeat' as const) }),
);
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

/** Does a deed in a zone, as far as it makes sense there. */
function act(scenario: Scenario, name: string, deed: Deed): void {
  const zone = scenario.zones.get(name);
  const playing = zone?.nowPlaying;
  switch (deed.do) {
    case 'pass':
      scenario.pass(deed.seconds);
      break;
    case 'play':
      scenario.play(name, { ...tracks[deed.track]!, title: `${name} ${tracks[deed.track]!.title}` }, deed.position);
      break;
    case 'repeat':
      scenario.emit();
      break;
    case 'stop':
      if (zone) scenario.stop(name);
      break;
    case 'pause':
      if (playing) scenario.pause(name);
      break;
    case 'resume':
      if (playing) scenario.resume(name);
      break;
    case 'again':
      if (!playing) break;
      scenario.stop(name);
      scenario.at += deed.away;
      scenario.set(name, { state: 'playing', nowPlaying: playing }).emit();
      break;
    case 'seek':
      if (playing) scenario.seek(name, deed.position);
      break;
    case 'skip':
      if (playing) scenario.seek(name, Math.max(0, playing.seekPosition! + deed.by));
      break;
    case 'toEnd':
      if (playing)
        scenario
          .seek(name, Math.max(0, playing.lengthSeconds! - deed.left))
          .pass(2)
          .seek(name, 0);
  }
}

const momentsOf = (scenario: Scenario, name: string): Moment[] =>
  scenario.emitted.flatMap((event) => {
    const zone = event.type === 'zones' ? event.zones.find((each) => each.name === name) : undefined;
    return zone ? [{ at: event.at, zone }] : [];
  });

/** Ends whatever plays and lets every play that might go on expire. */
function finish(scenario: Scenario): void {
  for (const name of [...scenario.zones.keys()]) scenario.stop(name);
  scenario.pass(1);
  scenario.at += 200;
  scenario.emit().emit();
}

const facts = (events: ListeningEvent[], type: ListeningEvent['type']) =>
  events
    .filter((event) => event.type === type)
    .map(({ listen: { title, listenedSeconds, startedAt } }) => ({ title, listenedSeconds, startedAt }))
    .sort(byStart);
const byStart = (a: { startedAt: number; title: string }, b: { startedAt: number; title: string }) =>
  a.startedAt - b.startedAt || a.title.localeCompare(b.title);

describe('the rule against the slow and obvious way', () => {
  it('finds the same listens in any session of one zone', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
        const scenario = new Scenario();
        scenario.set('Kitchen', {}).emit();
        for (const each of deeds) act(scenario, 'Kitchen', each);
        const moments = momentsOf(scenario, 'Kitchen');
        finish(scenario);
        expect(facts(scenario.events, 'ended')).toEqual(slowListens(moments).sort(byStart));
      }),
      { numRuns: 400 },
    );
  });

  it('finds in three zones what it finds in each', () => {
    const names = ['Kitchen', 'Office', 'Salon'];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...names), deed), { maxLength: 60 }), (deeds) => {
        const scenario = new Scenario();
        for (const name of names) scenario.set(name, {}).emit();
        for (const [name, each] of deeds) act(scenario, name, each);
        const expected = names.flatMap((name) => slowListens(momentsOf(scenario, name))).sort(byStart);
        finish(scenario);
        expect(facts(scenario.events, 'ended')).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });
});

describe('whatever happens', () => {
  const scenarios = fc.array(fc.tuple(fc.constantFrom('Kitchen', 'Office'), deed), { maxLength: 40 });

  it('earns each key once, ends what it earned, and never hears more than passed', () => {
    fc.assert(
      fc.property(scenarios, (deeds) => {
        const scenario = new Scenario();
        for (const [name, each] of deeds) act(scenario, name, each);
        finish(scenario);
        const keys = scenario.earned.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        expect(scenario.ended.map(({ key }) => key).sort()).toEqual([...keys].sort());
        expect(scenario.state.plays).toEqual({});
        for (const { listenedSeconds, durationSeconds, startedAt, endedAt } of scenario.ended) {
          expect(durationSeconds).toBeGreaterThan(30);
          expect(endedAt).toBeGreaterThanOrEqual(startedAt);
          expect(listenedSeconds).toBeGreaterThanOrEqual(Math.min(240, durationSeconds! / 2) - 0.5);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same when every message is reported twice, and when the state is persisted and read between messages', () => {
    fc.assert(
      fc.property(scenarios, (deeds) => {
        const [plain, doubled, persisted] = [new Scenario(), new Scenario(), new Scenario()];
        for (const [name, each] of deeds) act(plain, name, each);
        finish(plain);
        for (const event of plain.emitted) {
          doubled.emit(event).emit(event);
          const { connected } = persisted.state;
          persisted.state = { ...readListening(JSON.parse(JSON.stringify(persisted.state))), connected };
          persisted.state.traces = persisted.state.traces.map((trace) => ({ ...trace, stale: false }));
          persisted.emit(event);
        }
        expect(doubled.events).toEqual(plain.events);
        expect(persisted.events).toEqual(plain.events);
      }),
      { numRuns: 60 },
    );
  });

  it('hears a track once however often its zone is grouped and ungrouped', () => {
    const regrouping = fc.array(fc.nat(30), { maxLength: 12 });
    fc.assert(
      fc.property(regrouping, fc.boolean(), (stretches, everySpeakerGoesOn) => {
        const scenario = new Scenario().play('Kitchen', { title: 'Song', length: 400 }).set('Office', {});
        for (const seconds of stretches) {
          scenario.pass(seconds);
          const grouped = scenario.zones.get('Kitchen + 1');
          if (!grouped) scenario.group('Kitchen', 'Office');
          else
            scenario.ungroup(
              'Kitchen + 1',
              everySpeakerGoesOn ? { state: 'playing', nowPlaying: grouped.nowPlaying } : {},
            );
        }
        const total = stretches.reduce((sum, seconds) => sum + seconds, 0);
        scenario.pass(399 - total);
        finish(scenario);
        expect(scenario.ended).toMatchObject([{ startedAt: 1_700_000_000, listenedSeconds: 399, zoneName: 'Kitchen' }]);
      }),
      { numRuns: 100 },
    );
  });
});
