import type { ServiceTest } from '#shared/api/services.ts';
import { DiscogsImport } from '../enrichment/discogsImport/discogsImport.ts';
import { testService } from '../kit/http/testService.ts';
import { isSettingOf } from '../upstreams/registry.ts';
import { createDiscogsClient, type DiscogsClient } from '../upstreams/discogs/index.ts';
import { VERSION } from '../version.ts';
import type { EnrichmentWorker } from '../enrichment/worker.ts';
import type { ModuleContext, Module } from './module.ts';
import { DiscogsAccount } from './discogsAccount.ts';
import { discogsService } from './serviceStatus.ts';
import { setAsideSink } from './setAsideSink.ts';

export interface DiscogsModule extends Module {
  /** Null while the collection cannot be read. */
  client(): DiscogsClient | null;
  /** The import of the collection and the wantlist. */
  collection: DiscogsImport;
  /** Connecting a person's account. */
  account: DiscogsAccount;
  /** Asks Discogs once, with the settings as they are. */
  test(): Promise<ServiceTest>;
  /** What the look-ups know of it may be otherwise. */
  announce(): void;
}

interface DiscogsDependencies {
  onAlbums: (albumIds: readonly number[]) => void;
  /** Who looks things up at Discogs. */
  lookups: () => EnrichmentWorker;
}

/** Discogs: the client for the settings as they are, the import, connecting an account. */
export function createDiscogsModule(
  { config, library, hub, services, clock, log }: ModuleContext,
  { onAlbums, lookups }: DiscogsDependencies,
): DiscogsModule {
  let client: DiscogsClient | null = null;
  /** Since the import reported its error, a person's test went well: what it was refused for is over. */
  let isTaken = false;
  const make = () =>
    createDiscogsClient({
      settings: {
        url: config.get('discogs.url'),
        authorizeUrl: config.get('discogs.authorizeUrl'),
        username: config.get('discogs.username'),
        token: config.get('discogs.token'),
        consumerKey: config.get('discogs.consumerKey'),
        consumerSecret: config.get('discogs.consumerSecret'),
        oauthToken: config.get('discogs.oauthToken'),
        oauthTokenSecret: config.get('discogs.oauthTokenSecret'),
      },
      clock,
      userAgent: `AIME/${VERSION} (home music library)`,
      onSetAside: setAsideSink(library, 'discogs'),
    });
  let asking = make();
  const connect = () => {
    asking = make();
    client = asking.canRead ? asking : null;
    announce();
  };

  const collection = new DiscogsImport({
    shelf: library.shelf,
    states: library.states,
    setAside: library.setAside,
    clock,
    log,
    client: () => client,
    written: (work, signal) => library.availability.written(work, { patienceMs: Infinity, signal }),
    onProgress(data) {
      hub.publish({ event: 'progress', data });
      isTaken = false;
      announce();
    },
    onAlbums,
  });

  const announce = () => {
    const status = collection.status();
    const { username, withheld } = status;
    const named = { ...(username !== null && { account: username }), ...(withheld.length > 0 && { withheld }) };
    const baseState = discogsService(
      client !== null,
      isTaken && status.trouble?.code === 'refused' ? { state: status.state, lastError: null } : status,
      lookups(),
    );
    services.show(baseState.status === 'off' ? baseState : { ...baseState, ...named });
  };

  config.onChange((keys) => {
    if (!keys.some((key) => isSettingOf('discogs', key))) return;
    connect();
    collection.resume();
  });

  const account = new DiscogsAccount(config, () => asking);
  return {
    client: () => client,
    announce,
    collection,
    account,
    test() {
      const asked = asking;
      return testService(
        asked,
        async () => ({ message: (await asked.identity()).username }),
        (outcome) => {
          if (asked !== asking) return;
          isTaken = outcome === 'well';
          lookups().heard(outcome);
        },
      );
    },
    start() {
      connect();
      collection.resume();
    },
    tryNow(service) {
      if (service !== 'discogs' || !client) return;
      client.blockedUntil = 0;
      collection.tryNow();
    },
    removeWithheld(service) {
      if (service === 'discogs' && client) collection.removeWithheld();
    },
    readers: { discogs: { collection: (raw) => collection.takeCopy(raw), wants: (raw) => collection.takeWant(raw) } },
    close: () => collection.close(),
    greeting: () => {
      const { state, seen, total } = collection.status();
      return state === 'running'
        ? [{ event: 'progress', data: { work: 'discogs-import', state, done: seen, total } }]
        : [];
    },
  };
}
