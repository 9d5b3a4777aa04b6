import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import { mergePlaylists } from '#shared/library/playlistMerge.ts';
import { repeated } from '#tests/kit/pace.ts';
import type { Library } from '../api/library.ts';
import type { PlaylistFromDevice } from '../api/playlists.ts';
import { libraryForTest, newUuid, playlistDocument, START } from '../testing/library.ts';

type State = PlaylistDocument & { _deleted: boolean };

/** A device that writes one playlist, as RxDB does: whole, over what it takes the library to have. */
class Writer {
  readonly deviceId = newUuid();
  readonly requests: PlaylistFromDevice[] = [];
  local: PlaylistDocument;
  assumed: State;
  /** The states that the library had of this device since anybody else wrote. */
  own: State[] = [];
  constructor(list: PlaylistDocument) {
    this.local = list;
    this.assumed = { ...list, _deleted: false };
  }

  get isClean(): boolean {
    return JSON.stringify({ ...this.local, _deleted: false }) === JSON.stringify(this.assumed);
  }

  request(): PlaylistFromDevice {
    const request = {
      document: this.local,
      deleted: false,
      assumed: this.assumed,
      deviceId: this.deviceId,
      push: this.requests.length + 1,
    };
    this.requests.push(request);
    return request;
  }
}

type Happens = (scenario: PushScenario, writer: Writer, pick: number) => void;

class PushScenario {
  readonly library: Library;
  readonly writers: [Writer, Writer];
  readonly id: string;
  readonly added = new Set<string>();
  readonly removed = new Set<string>();
  author: string | undefined;
  now = START;
  constructor(library: Library) {
    this.library = library;
    const list = playlistDocument();
    this.id = list.id;
    library.playlists.put(list);
    this.writers = [new Writer(this.state()), new Writer(this.state())];
  }

  state(): PlaylistDocument {
    return this.library.playlists.get(this.id)!;
  }

  /** The library takes a request; whose answer is heard is for the caller to say. */
  arrive(writer: Writer, request: PlaylistFromDevice) {
    const conflict = this.library.playlists.push(request);
    if (conflict === null) this.tookFrom(writer);
    return conflict;
  }

  tookFrom(writer: Writer): void {
    const other = this.writers.find((each) => each !== writer)!;
    if (this.author !== writer.deviceId) writer.own = [];
    this.author = writer.deviceId;
    other.own = [];
    writer.own.push({ ...this.state(), _deleted: false });
  }

  push(writer: Writer): void {
    const request = writer.request();
    const conflict = this.arrive(writer, request);
    if (conflict === null) {
      writer.assumed = { ...request.document, _deleted: false };
      return;
    }
    // Only somebody else's write may stand against a device.
    expect(this.author).not.toBe(writer.deviceId);
    const base = conflict.base?.document ?? writer.assumed;
    writer.local = mergePlaylists(base, writer.local, conflict.master.document);
    writer.assumed = { ...conflict.master.document, _deleted: false };
  }
}

const edited = (scenario: PushScenario, writer: Writer, change: Partial<PlaylistDocument>): void =>
  void (writer.local = { ...writer.local, ...change, updatedAt: (scenario.now += 1) });

const STEPS: Record<string, Happens> = {
  add(scenario, writer) {
    const entry = newUuid();
    scenario.added.add(entry);
    edited(scenario, writer, {
      entries: [...writer.local.entries, { entry, trackId: null, artist: 'Okra', title: `Song ${entry}`, album: null }],
    } as Partial<PlaylistDocument>);
  },
  remove(scenario, writer, pick) {
    const { entries } = writer.local;
    if (entries.length === 0) return;
    const [gone] = entries.slice(pick % entries.length);
    scenario.removed.add(gone!.entry);
    edited(scenario, writer, { entries: entries.filter(({ entry }) => entry !== gone!.entry) });
  },
  rename: (scenario, writer, pick) => edited(scenario, writer, { name: ['First', 'Second', 'Third'][pick % 3]! }),
  push: (scenario, writer) => scenario.push(writer),
  answerLost: (scenario, writer) => void scenario.arrive(writer, writer.request()),
  requestLost: (_, writer) => void writer.request(),
  /** An earlier request arrives, once more or at last, when the device has sent others since; nobody hears its answer. */
  late(scenario, writer, pick) {
    const [request] = writer.requests.slice(0, -1).slice(pick % Math.max(1, writer.requests.length - 1));
    if (request !== undefined) scenario.arrive(writer, request);
  },
  pull(scenario, writer) {
    if (!writer.isClean) return;
    writer.local = scenario.state();
    writer.assumed = { ...writer.local, _deleted: false };
  },
  /** What was pulled a while ago is stored only now: any earlier state of its own. */
  latePull(_, writer, pick) {
    const [state] = writer.own.slice(pick % Math.max(1, writer.own.length));
    if (state !== undefined) writer.assumed = state;
  },
};

const step = fc.record({
  kind: fc.constantFrom(...Object.keys(STEPS), 'add', 'push', 'answerLost', 'answerLost'),
  who: fc.nat({ max: 1 }),
  pick: fc.nat({ max: 40 }),
});

it('what a device wrote before never stands against it, and nothing of anybody’s is lost, whatever becomes of the answers', () => {
  const { library } = libraryForTest();
  fc.assert(
    fc.property(fc.array(step, { minLength: 3, maxLength: 40 }), (steps) => {
      const scenario = new PushScenario(library);
      for (const { kind, who, pick } of steps) STEPS[kind]!(scenario, scenario.writers[who]!, pick);
      // In the end both are heard.
      for (const round of [0, 1, 2])
        for (const writer of scenario.writers)
          for (const kind of ['push', 'push', 'pull']) STEPS[kind]!(scenario, writer, round);
      expect(new Set(scenario.state().entries.map(({ entry }) => entry))).toEqual(
        new Set([...scenario.added].filter((entry) => !scenario.removed.has(entry))),
      );
      for (const { local } of scenario.writers)
        expect(local.entries.map(({ entry }) => entry)).toEqual(scenario.state().entries.map(({ entry }) => entry));
    }),
    { ...repeated(40, 15), endOnFailure: true },
  );
});
