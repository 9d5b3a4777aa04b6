import { toJsonSchema } from '@valibot/to-json-schema';
import { describe, expect, it } from 'vitest';
import { collectionNames, collections, type CollectionName } from '#shared/sync/collections.ts';
import { digest } from './hash.ts';
import { toRxSchema } from './schema.ts';
import { versions } from './versions.ts';

/**
 * The shape of each collection's documents at its current version, down to the last field. When one of these changes,
 * raise that collection's version in versions.ts (and add a migration for playlists or intents), then take over the new value.
 */
const fingerprints: Record<CollectionName, string> = {
  artists: '0:18a3458dfb98cc1b0f968e8975d6',
  albums: '0:110fca8bc523ad03386b16af3f58',
  journal: '0:17f5fa3e7b94ef16e03c07a57ce6',
  rollups: '0:0cd017495eb8df0f012cb883ee5b',
  playlists: '1:151517edfd571310b32374f53310',
  intents: '1:09c1b17e50467b1f35b6db972e6a',
  revisions: '0:1f42bb596c024011871881234067',
  household: '1:1b1852926624fc0b2ce830d15df2',
};

describe('the replica’s schemas', () => {
  it.each(collectionNames)('hold the shape of %s that its version stands for', (name) => {
    const shape = JSON.stringify(toJsonSchema(collections[name].schema, { errorMode: 'ignore' }));
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
