import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uuid } from './uuid.ts';
import { Device, plain, until } from './testing/device.ts';
import { ModelServer } from './testing/modelServer.ts';

type Step =
  | { do: 'rate'; device: 0 | 1; album: number; rating: number }
  | { do: 'playlist'; device: 0 | 1 }
  | { do: 'append'; device: 0 | 1; which: number; track: number }
  | { do: 'drop'; device: 0 | 1; which: number }
  | { do: 'server'; album: number }
  | { do: 'network'; down: boolean }
  | { do: 'lose' }
  | { do: 'restart'; device: 0 | 1 }
  | { do: 'backup' }
  | { do: 'restore' }
  | { do: 'wait' };

const device = fc.constantFrom<(0 | 1)[]>(0, 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('rate'),
      device,
      album: fc.integer({ min: 1, max: 3 }),
      rating: fc.integer({ min: 0, max: 5 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('playlist'), device }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('append'),
      device,
      which: fc.nat(3),
      track: fc.integer({ min: 1, max: 99 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop'), device, which: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('server'), album: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('network'), down: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart'), device }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('backup') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait') }) },
);

const album = (id: number, title: string) => ({ id: String(id), title, rating: 0 }) as never;

/** Two devices and a server, and what the test did to them. */
class Story {
  readonly server = new ModelServer();
  readonly devices: [Device, Device] = [new Device(this.server), new Device(this.server)];
  readonly mutationIds: string[] = [];
  readonly playlists: string[] = [];
  #backup: string | undefined;
  #count = 0;

  async begin(): Promise<void> {
    for (let id = 1; id <= 3; id++) this.server.put('albums', album(id, `Album ${id}`));
    for (const each of this.devices) await each.open();
  }

  async take(step: Step): Promise<void> {
    if (step.do === 'wait') await new Promise((resolve) => setTimeout(resolve, 20));
    else if (step.do === 'network') this.server.down = step.down;
    else if (step.do === 'lose') this.server.loseNextAnswer = true;
    else if (step.do === 'backup') this.#backup = this.server.backup();
    else if (step.do === 'restore') {
      if (this.#backup !== undefined) this.server.restore(this.#backup);
    } else if (step.do === 'server') {
      this.server.put('albums', album(step.album, `Album ${step.album}, version ${++this.#count}`));
      this.server.announce();
    } else await this.#act(this.devices[step.device], step);
  }

  async end(): Promise<void> {
    this.server.down = false;
    this.server.loseNextAnswer = false;
    for (const each of this.devices) each.replica.retry();
    await until(() => {
      // Somebody says of each device on which a restored library lacks much: it is as the server has it.
      for (const { replica } of this.devices)
        if (replica.status.held?.answer === null) replica.answerHeld('theirs', replica.status.held);
      return this.#inStep();
    });
  }

  async #act(on: Device, step: Extract<Step, { device: 0 | 1 }>): Promise<void> {
    if (step.do === 'rate')
      this.mutationIds.push(await on.mutate({ kind: 'rate-album', albumId: String(step.album), rating: step.rating }));
    else if (step.do === 'playlist') this.playlists.push(await on.addPlaylist(`List ${++this.#count}`));
    else if (step.do === 'restart') {
      await on.close();
      await on.open();
    } else {
      const id = this.playlists[step.which];
      if (id === undefined) return;
      if (step.do === 'append') await on.append(id, step.track);
      else await on.replica.collection('playlists').change(id, uuid(), (before) => (before ? null : undefined));
    }
  }

  async #inStep(): Promise<boolean> {
    if (this.mutationIds.some((id) => this.server.applied.get(id) !== 1)) return false;
    for (const name of ['albums', 'playlists'] as const) {
      const want = JSON.stringify(sorted(this.server.all(name).map(plain)));
      for (const each of this.devices) if (JSON.stringify(sorted(await each.all(name))) !== want) return false;
    }
    return true;
  }
}

function sorted(documents: Record<string, unknown>[]): unknown[] {
  return documents
    .map((document) => Object.fromEntries(Object.entries(document).sort(([a], [b]) => a.localeCompare(b))))
    .sort((a, b) => String(a.id).localeCompare(String(b.id)));
}

describe('two devices and a server', () => {
  it('come to the same state, whatever was done in whatever order, and apply each mutation once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const story = new Story();
        await story.begin();
        try {
          for (const each of steps) await story.take(each);
          await story.end();
          expect([...story.server.applied.values()].every((times) => times === 1)).toBe(true);
        } finally {
          for (const each of story.devices) await each.close();
        }
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });
});
