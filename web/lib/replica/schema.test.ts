import { toJsonSchema } from '@valibot/to-json-schema';
import { describe, expect, it } from 'vitest';
import { collectionNames, collections, type CollectionName } from '#shared/sync/collections.ts';
import { digest } from './hash.ts';
import { toRxSchema } from './schema.ts';
import { versions } from './versions.ts';

/**
 * The shape of each collection's documents at its current version, down to the last field. When one of these changes,
 * raise that collection's version in versions.ts (and add a migration where the collection is carried over), then take over the new value.
 */
const fingerprints: Record<CollectionName, string> = {
  artists: '1:0a600374ff829a0683f5e95830cd',
  albums: '2:038388a81b3f6d0a8e06a4a3b005',
  journal: '0:16ae0cb16bcefd09ec9ea8e9d4cf',
  rollups: '0:1c55fe227287100d7fef1152ca0c',
  playlists: '1:188b9aae9056af1816717a961ca5',
  intents: '4:071cd8369710141c76bbfd55fa0c',
  revisions: '0:1a11a43546946809af338116ff53',
  deletions: '0:04422c9494c8ed160ca76b93de6f',
  household: '6:109d18f878972e0903f15b1f8faa',
};

/** How far a number or a list may go is validated where it enters the server; what a device holds keeps its shape. */
const withoutBounds = (key: string, value: unknown): unknown =>
  ['minimum', 'maximum', 'maxItems'].includes(key) ? undefined : value === 'integer' ? 'number' : value;

describe('the replica’s schemas', () => {
  it.each(collectionNames)('hold the shape of %s that its version stands for', (name) => {
    const shape = JSON.stringify(toJsonSchema(collections[name].schema, { errorMode: 'ignore' }), withoutBounds);
    expect(`${versions[name]}:${digest(shape)}`).toBe(fingerprints[name]);
  });

  it('spell out the outermost level: types, what may be null, what must be there, the key’s length', () => {
    expect(toRxSchema(collections.playlists.schema, 3)).toEqual({
      version: 3,
      primaryKey: 'id',
      type: 'object',
      properties: {
        id: { type: 'string', maxLength: 64 },
        name: { type: 'string' },
        algorithm: { type: ['string', 'null'] },
        aiPrompt: { type: ['string', 'null'] },
        options: { type: 'object' },
        createdAt: { type: 'number' },
        updatedAt: { type: 'number' },
        entries: { type: 'array' },
      },
      required: ['id', 'name', 'algorithm', 'aiPrompt', 'createdAt', 'updatedAt', 'entries'],
    });
  });
});
