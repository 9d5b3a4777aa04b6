import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { playedOf } from '#shared/journal/needle.ts';
import { heardBy, previousOf, soundingAt } from '#shared/journal/sounding.ts';
import { type NeedleMove, trackToPlay, type TurntableSession, withMoves } from '#shared/journal/turntable.ts';
import type { MutationDocument } from '#shared/mutations/document.ts';
import type { Mutation } from '#shared/mutations/registry.ts';
import { repeated } from '#tests/kit/pace.ts';
import { silentLog } from '../../kit/log.ts';
import type { Library } from '../api/library.ts';
import { openLibrary } from '../openLibrary.ts';
import { mutationOf, libraryForTest, listenTo, newUuid, START } from '../testing/library.ts';

/** Seconds. */
const BEHIND = 40;
const TITLES = ['Bris', 'Brann', 'Hav', 'Is', 'Skog'];

/** A library with some tracks in it, which is opened and closed as often as one likes. */
function shelf() {
  const { library, folder } = libraryForTest();
  for (const [index, title] of TITLES.entries()) listenTo(library, { title, playedAt: START + index * 1_000 });
  const trackIds = library.reads.listens({ page: 1, pageSize: 9 }).items.map(({ track }) => track.id);
  library.close();
  return { file: join(folder, 'musique.db'), trackIds };
}

/** A server that may crash and whose clock may be set back, and two devices that are away as long as they like. */
class Scenario {
  now: number;
  /** So much the server's clock is behind, in seconds. */
  behind = 0;
  library: Library;
  readonly sessions: TurntableSession[] = [];
  readonly removed = new Set<string>();
  readonly waiting: [MutationDocument[], MutationDocument[]] = [[], []];
  readonly #place: ReturnType<typeof shelf>;
  readonly #begin: number;

  /** @param begin seconds since the epoch; what was heard before is none of its listens. */
  constructor(place: ReturnType<typeof shelf>, begin: number) {
    this.#place = place;
    this.#begin = begin;
    this.now = begin;
    this.library = this.#open();
  }

  #open(): Library {
    const clock = {
      now: () => (this.now - this.behind) * 1000,
      elapsed: () => this.now * 1000,
      sleep: () => Promise.resolve(),
    };
    const library = openLibrary({
      file: this.#place.file,
      backupsDir: `${this.#place.file}.backups`,
      clock,
      log: silentLog,
      timeZone: 'Europe/Paris',
    });
    // It has seen the right time before anybody sets its clock.
    library.time();
    return library;
  }

  crash(): void {
    this.library.close();
    // A machine that starts has its clock from the network.
    this.behind = 0;
    this.library = this.#open();
  }

  mutate(device: number, mutation: Mutation): void {
    this.waiting[device & 1]!.push(mutationOf(mutation, { madeAt: this.clockOf(device) * 1000 }));
  }

  /** The second device's clock is behind. */
  clockOf(device: number): number {
    return this.now - (device & 1) * BEHIND;
  }

  start(device: number, count: number): void {
    const tracks = Array.from({ length: 1 + (count % 5) }, (_, place) => ({
      trackId: this.#place.trackIds[(count + place) % this.#place.trackIds.length]!,
      durationSeconds: 120 + 60 * place,
      ...(place === 2 && { begins: { side: 'B' } }),
    }));
    const group = newUuid();
    const playedAt = this.clockOf(device);
    this.sessions.push({ id: group, playedAt, tracks: tracks.map(trackToPlay), moves: [] });
    this.mutate(device, { kind: 'add-listens', group, playedAt, tracks });
  }

  move(device: number, pick: number, act: NeedleMove['act'], undoes: boolean): void {
    const session = this.sessions[pick % Math.max(1, this.sessions.length)];
    if (!session) return;
    const before = session.moves[pick % Math.max(1, session.moves.length)];
    const at = this.clockOf(device);
    const sounding = soundingAt(session, at);
    const place = act === 'turn' ? 2 : act === 'again' && sounding ? previousOf(sounding, at) : (sounding?.place ?? 0);
    const move: NeedleMove =
      undoes && before ? { ...before, undone: true } : { id: newUuid(), act, at, place, nth: session.moves.length };
    session.moves = withMoves(session.moves, [move]);
    this.mutate(device, { kind: 'move-needle', group: session.id, move });
  }

  remove(device: number, pick: number): void {
    const session = this.sessions[pick % Math.max(1, this.sessions.length)];
    // A device takes back what it began, or what it has heard of.
    const known =
      session &&
      [0, 1].every(
        (each) =>
          !this.waiting[each]!.some(
            ({ intent: mutation }) =>
              mutation.kind === 'add-listens' && mutation.group === session.id && each !== (device & 1),
          ),
      );
    if (!session || !known || this.removed.has(session.id)) return;
    this.removed.add(session.id);
    this.mutate(device, { kind: 'remove-listens', group: session.id });
  }

  deliver(device: number, twice: boolean): void {
    const documents = this.waiting[device & 1]!.splice(0);
    for (let times = twice ? 2 : 1; times > 0; times--) {
      for (const { verdict: result } of this.library.mutations.apply(documents, this.clockOf(device) * 1000))
        expect(result?.state).toBe('applied');
    }
  }

  get journal(): [playedAt: number, trackId: number][] {
    const { items } = this.library.reads.listens({
      page: 1,
      pageSize: 500,
      source: 'manual',
      from: this.#begin - 7_200,
    });
    return items
      .map(({ playedAt, track }): [number, number] => [playedAt, track.id])
      .sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  }

  /** What must be in the journal once everything has been submitted. */
  get heard(): [playedAt: number, trackId: number][] {
    const remaining = this.sessions.filter(({ id }) => !this.removed.has(id));
    return remaining
      .flatMap((session) =>
        heardBy(session, this.now).map(({ playedAt, trackId }): [number, number] => [playedAt, trackId]),
      )
      .sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  }
}

type Step = (scenario: Scenario, pick: number) => void;
const STEPS: Record<string, Step> = {
  start: (scenario, pick) => scenario.start(pick, pick >> 1),
  pass: (scenario, pick) => (scenario.now += 1 + (pick % 400)),
  lift: (scenario, pick) => scenario.move(pick, pick >> 2, 'lift', false),
  skip: (scenario, pick) => scenario.move(pick, pick >> 2, 'skip', false),
  turn: (scenario, pick) => scenario.move(pick, pick >> 2, 'turn', false),
  pause: (scenario, pick) => scenario.move(pick, pick >> 2, 'pause', false),
  resume: (scenario, pick) => scenario.move(pick, pick >> 2, 'resume', false),
  previous: (scenario, pick) => scenario.move(pick, pick >> 2, 'again', false),
  undo: (scenario, pick) => scenario.move(pick, pick >> 2, 'lift', true),
  remove: (scenario, pick) => scenario.remove(pick, pick >> 2),
  deliver: (scenario, pick) => scenario.deliver(pick, (pick & 2) === 2),
  tick: (scenario) => scenario.library.turntable.settle(),
  crash: (scenario) => scenario.crash(),
  setBack: (scenario, pick) => (scenario.behind = pick % 2 === 0 ? 0 : 3_600),
};
const steps = fc.array(
  fc.tuple(
    fc.constantFrom(
      'pass',
      'pass',
      'pass',
      'deliver',
      'deliver',
      'tick',
      'tick',
      'lift',
      'undo',
      'undo',
      ...Object.keys(STEPS),
    ),
    fc.nat(1_000),
  ),
  { minLength: 20, maxLength: 50 },
);

it('has each listen once, none before it was heard, and loses none, whoever does what when', () => {
  const place = shelf();
  let begin = START + 100_000;
  fc.assert(
    fc.property(steps, (happens) => {
      const scenario = new Scenario(place, (begin += 1_000_000));
      try {
        scenario.start(0, 4);
        scenario.deliver(0, false);
        for (const [name, pick] of happens) {
          STEPS[name]!(scenario, pick);
          for (const [playedAt] of scenario.journal) expect(playedAt).toBeLessThan(scenario.now);
        }
        scenario.behind = 0;
        for (const device of [0, 1]) scenario.deliver(device, false);
        scenario.library.turntable.settle();
        expect(scenario.journal).toEqual(scenario.heard);
        const last = Math.max(
          scenario.now,
          ...scenario.sessions.flatMap((session) => playedOf(session).map(({ to }) => to)),
        );
        scenario.now = last;
        scenario.library.turntable.settle();
        expect(scenario.journal).toEqual(scenario.heard);
        expect(scenario.library.turntable.nextAt()).toBeNull();
        expect(scenario.library.household.get().turntable).toBeUndefined();
      } finally {
        scenario.library.close();
      }
    }),
    repeated(20, 8),
  );
});
