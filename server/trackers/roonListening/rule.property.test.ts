import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ListeningEvent } from './events.ts';
import { Evening, type Track } from './evening.fixture.ts';
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
  fc.record({ do: fc.constant('tell' as const) }),
);
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

/** Does a deed in a zone, as far as it makes sense there. */
function act(evening: Evening, name: string, deed: Deed): void {
  const zone = evening.zones.get(name);
  const playing = zone?.nowPlaying;
  switch (deed.do) {
    case 'pass':
      evening.pass(deed.seconds);
      break;
    case 'play':
      evening.play(name, { ...tracks[deed.track]!, title: `${name} ${tracks[deed.track]!.title}` }, deed.position);
      break;
    case 'tell':
      evening.tell();
      break;
    case 'stop':
      if (zone) evening.stop(name);
      break;
    case 'pause':
      if (playing) evening.pause(name);
      break;
    case 'resume':
      if (playing) evening.resume(name);
      break;
    case 'again':
      if (!playing) break;
      evening.stop(name);
      evening.at += deed.away;
      evening.set(name, { state: 'playing', nowPlaying: playing }).tell();
      break;
    case 'seek':
      if (playing) evening.seek(name, deed.position);
      break;
    case 'skip':
      if (playing) evening.seek(name, Math.max(0, playing.seekPosition! + deed.by));
      break;
    case 'toEnd':
      if (playing)
        evening
          .seek(name, Math.max(0, playing.lengthSeconds! - deed.left))
          .pass(2)
          .seek(name, 0);
  }
}

const momentsOf = (evening: Evening, name: string): Moment[] =>
  evening.told.flatMap((event) => {
    const zone = event.type === 'zones' ? event.zones.find((each) => each.name === name) : undefined;
    return zone ? [{ at: event.at, zone }] : [];
  });

/** Ends whatever plays and lets every play that might go on expire. */
function finish(evening: Evening): void {
  for (const name of [...evening.zones.keys()]) evening.stop(name);
  evening.pass(1);
  evening.at += 200;
  evening.tell().tell();
}

const facts = (events: ListeningEvent[], type: ListeningEvent['type']) =>
  events
    .filter((event) => event.type === type)
    .map(({ listen: { title, listenedSeconds, startedAt } }) => ({ title, listenedSeconds, startedAt }))
    .sort(byStart);
const byStart = (a: { startedAt: number; title: string }, b: { startedAt: number; title: string }) =>
  a.startedAt - b.startedAt || a.title.localeCompare(b.title);

describe('the rule against the slow and obvious way', () => {
  it('finds the same listens in any evening of one zone', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
        const evening = new Evening();
        evening.set('Kitchen', {}).tell();
        for (const each of deeds) act(evening, 'Kitchen', each);
        const moments = momentsOf(evening, 'Kitchen');
        finish(evening);
        expect(facts(evening.events, 'ended')).toEqual(slowListens(moments).sort(byStart));
      }),
      { numRuns: 400 },
    );
  });

  it('finds in three zones what it finds in each', () => {
    const names = ['Kitchen', 'Office', 'Salon'];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...names), deed), { maxLength: 60 }), (deeds) => {
        const evening = new Evening();
        for (const name of names) evening.set(name, {}).tell();
        for (const [name, each] of deeds) act(evening, name, each);
        const expected = names.flatMap((name) => slowListens(momentsOf(evening, name))).sort(byStart);
        finish(evening);
        expect(facts(evening.events, 'ended')).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });
});

describe('whatever happens', () => {
  const evenings = fc.array(fc.tuple(fc.constantFrom('Kitchen', 'Office'), deed), { maxLength: 40 });

  it('earns each key once, ends what it earned, and never hears more than passed', () => {
    fc.assert(
      fc.property(evenings, (deeds) => {
        const evening = new Evening();
        for (const [name, each] of deeds) act(evening, name, each);
        finish(evening);
        const keys = evening.earned.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        expect(evening.ended.map(({ key }) => key).sort()).toEqual([...keys].sort());
        expect(evening.state.plays).toEqual({});
        for (const { listenedSeconds, durationSeconds, startedAt, endedAt } of evening.ended) {
          expect(durationSeconds).toBeGreaterThan(30);
          expect(endedAt).toBeGreaterThanOrEqual(startedAt);
          expect(listenedSeconds).toBeGreaterThanOrEqual(Math.min(240, durationSeconds! / 2) - 0.5);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same when every word is told twice, and when the state is kept and read between words', () => {
    fc.assert(
      fc.property(evenings, (deeds) => {
        const [plain, doubled, kept] = [new Evening(), new Evening(), new Evening()];
        for (const [name, each] of deeds) act(plain, name, each);
        finish(plain);
        for (const event of plain.told) {
          doubled.tell(event).tell(event);
          const { connected } = kept.state;
          kept.state = { ...readListening(JSON.parse(JSON.stringify(kept.state))), connected };
          kept.state.traces = kept.state.traces.map((trace) => ({ ...trace, stale: false }));
          kept.tell(event);
        }
        expect(doubled.events).toEqual(plain.events);
        expect(kept.events).toEqual(plain.events);
      }),
      { numRuns: 60 },
    );
  });

  it('hears a track once however often its zone is grouped and taken apart', () => {
    const regrouping = fc.array(fc.nat(30), { maxLength: 12 });
    fc.assert(
      fc.property(regrouping, fc.boolean(), (stretches, everySpeakerGoesOn) => {
        const evening = new Evening().play('Kitchen', { title: 'Song', length: 400 }).set('Office', {});
        for (const seconds of stretches) {
          evening.pass(seconds);
          const grouped = evening.zones.get('Kitchen + 1');
          if (!grouped) evening.group('Kitchen', 'Office');
          else
            evening.ungroup(
              'Kitchen + 1',
              everySpeakerGoesOn ? { state: 'playing', nowPlaying: grouped.nowPlaying } : {},
            );
        }
        const total = stretches.reduce((sum, seconds) => sum + seconds, 0);
        evening.pass(399 - total);
        finish(evening);
        expect(evening.ended).toMatchObject([{ startedAt: 1_700_000_000, listenedSeconds: 399, zoneName: 'Kitchen' }]);
      }),
      { numRuns: 100 },
    );
  });
});
