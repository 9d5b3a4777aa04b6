import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Library } from '#server/library/api/library.ts';
import { libraryForTest, mutationOf } from '#server/library/testing/library.ts';
import type { MutationDocument } from '#shared/mutations/document.ts';
import { type Mutation, MUTATION_KINDS } from '#shared/mutations/registry.ts';
import { optimisticStateOf } from '../../../web/lib/library/optimisticState.ts';
import { anyMutation } from './anyMutation.ts';
import { CASES, NOW, type Scene, setScene } from './cases.ts';
import { inOrder, ShowingDevice, type View } from './device.ts';

function openScene(): { library: Library; scene: Scene; device: ShowingDevice; close: () => void } {
  const { library, setTime, close } = libraryForTest();
  setTime(NOW - 3_600);
  const scene = setScene(library);
  setTime(NOW);
  const device = new ShowingDevice();
  device.sync(library);
  return { library, scene, device, close };
}

const sent = (mutations: readonly Mutation[]): MutationDocument[] =>
  mutations.map((mutation, index) => ({ ...mutationOf(mutation, { madeAt: NOW * 1_000 }), number: index + 1 }));

const show = (device: ShowingDevice, pending: readonly MutationDocument[] = []): View =>
  device.show(pending, NOW * 1_000);

/** Two views are one whatever order their lists have. */
const inOrderOf = ({ albums, artists, listens, playing }: View): View => ({
  albums: inOrder(albums),
  artists: inOrder(artists),
  listens: inOrder(listens),
  playing,
});

/** Without the notes about listens that were deleted before: nobody sees one to write about it. */
const possible = (mutations: readonly Mutation[]): Mutation[] =>
  mutations.filter((mutation, index) => {
    if (!('listenId' in mutation && 'note' in mutation)) return true;
    return !optimisticStateOf(sent(mutations.slice(0, index)), {}).deletedListens.has(mutation.listenId);
  });

/** What the server answers, with its own life of the library. */
function apply(library: Library, documents: readonly MutationDocument[]): MutationDocument[] {
  return library.mutations.apply(documents.map((document) => ({ ...document, epoch: library.feed.epoch })));
}

describe('what a device shows before the answer is what the server makes of it', () => {
  it.each(MUTATION_KINDS)('%s', (kind) => {
    const { library, scene, device } = openScene();
    const { does, answerBrings = (shown) => shown } = CASES[kind];
    const documents = sent(does(scene));
    expect(documents.at(-1)!.intent.kind).toBe(kind);
    const optimistic = show(device, documents);
    // The last of them is seen.
    expect(optimistic).not.toEqual(show(device, documents.slice(0, -1)));
    expect(apply(library, documents).map(({ verdict: result }) => result?.state)).toEqual(
      documents.map(() => 'applied'),
    );
    device.sync(library);
    expect(inOrderOf(show(device))).toEqual(inOrderOf(answerBrings(optimistic)));
  });

  it('for many mutations one after the other, answered at once or in two parts', () => {
    fc.assert(
      fc.property(fc.array(anyMutation, { minLength: 1, maxLength: 12 }), fc.nat(), (chosen, cut) => {
        const { library, scene, device, close } = openScene();
        const documents = sent(possible(chosen.map((make) => make(scene))));
        fc.pre(documents.length > 0);
        const optimistic = inOrderOf(show(device, documents));
        const answered = apply(library, documents.slice(0, cut % documents.length));
        device.sync(library);
        expect(inOrderOf(show(device, [...documents.slice(answered.length)]))).toEqual(optimistic);
        apply(library, documents.slice(answered.length));
        device.sync(library);
        expect(inOrderOf(show(device))).toEqual(optimistic);
        close();
      }),
      { numRuns: 40 },
    );
  });
});
