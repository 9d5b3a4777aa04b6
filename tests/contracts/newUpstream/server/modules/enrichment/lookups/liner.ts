import { linerAlbum } from '../../../enrichment/tasks/liner.ts';
import { createLinerClient, type LinerClient } from '../../../upstreams/liner/index.ts';
import type { ModuleContext } from '../../module.ts';
import { lookupWithKeyService } from '../../serviceStatus.ts';
import { Lookup } from './lookup.ts';

/** Years, from the sleeves of records. */
export const linerLookup = (context: ModuleContext) => {
  const { config, library } = context;
  return new Lookup<LinerClient>(context, {
    id: 'liner',
    createClient(options) {
      const token = config.get('liner.token');
      return token ? createLinerClient({ settings: { url: config.get('liner.url'), token }, ...options }) : null;
    },
    tasks: (client) => [linerAlbum({ facts: library.facts, client })],
    state: (worker) => lookupWithKeyService('liner', worker),
  });
};
