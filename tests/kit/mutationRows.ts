import { randomUUID } from 'node:crypto';
import type { Mutation } from '#shared/mutations/registry.ts';

/** A mutation as a device that made no other pushes it: one row of a push. */
export const mutationRow = (mutation: Mutation) => ({
  newDocumentState: {
    id: randomUUID(),
    deviceId: randomUUID(),
    number: 1,
    madeAt: Date.now(),
    intent: mutation,
    _deleted: false,
  },
});
