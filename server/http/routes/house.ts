import * as v from 'valibot';
import { HouseholdDocument } from '#shared/library/household.ts';
import type { Library } from '../../library/api/library.ts';
import { defineRoute } from '../route.ts';

const { id: _id, services: _services, ...household } = HouseholdDocument.entries;

export const houseRoutes = (library: Library) => [
  defineRoute({
    method: 'get',
    path: '/household',
    tag: 'House',
    summary: 'What every device knows about the house',
    answer: HouseholdDocument,
    handle: () => library.household.get(),
  }),
  defineRoute({
    method: 'put',
    path: '/household',
    tag: 'House',
    summary: 'Change what the household agreed on (first run done, language)',
    body: v.strictObject({
      firstRunDone: v.optional(household.firstRunDone),
      language: v.optional(household.language),
    }),
    answer: HouseholdDocument,
    handle({ body }) {
      library.household.update(body);
      return library.household.get();
    },
  }),
  defineRoute({
    method: 'get',
    path: '/devices',
    tag: 'House',
    summary: 'Devices that hold a replica and when each was last in step',
    answer: v.object({
      items: v.array(
        v.object({
          id: v.string(),
          name: v.nullable(v.string()),
          userAgent: v.nullable(v.string()),
          firstSeen: v.number(),
          lastSeen: v.number(),
          lastSeq: v.nullable(v.number()),
        }),
      ),
    }),
    handle: () => ({ items: library.devices.all() }),
  }),
  defineRoute({
    method: 'get',
    path: '/counts',
    tag: 'House',
    summary: 'How much the library holds',
    answer: v.object({
      artists: v.number(),
      albums: v.number(),
      owned: v.number(),
      tracks: v.number(),
      listens: v.number(),
      scrobbles: v.number(),
      playlists: v.number(),
    }),
    handle: () => library.reads.counts(),
  }),
];
