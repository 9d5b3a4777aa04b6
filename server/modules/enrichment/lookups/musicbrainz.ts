import { coverArt, musicbrainzAlbum } from '../../../enrichment/tasks/coverArt.ts';
import { createMusicBrainzClient, type MusicBrainzClient } from '../../../upstreams/musicbrainz/index.ts';
import type { ModuleContext } from '../../module.ts';
import { musicbrainzService } from '../../serviceStatus.ts';
import { Lookup } from './lookup.ts';

/** Covers of records that nobody else had one for, and years. It needs no key, so it has a switch. */
export const musicbrainzLookup = (context: ModuleContext) => {
  const { config, library } = context;
  const { facts, images, queue } = library;
  return new Lookup<MusicBrainzClient>(context, {
    id: 'musicbrainz',
    createClient(options) {
      const contact = config.get('contact');
      if (contact === undefined) return null;
      const [url, coverArtUrl] = [config.get('musicbrainz.url'), config.get('coverart.url')];
      return createMusicBrainzClient({ settings: { url, coverArtUrl, contact }, ...options });
    },
    isWanted: () => config.get('musicbrainz.lookups'),
    tasks: (client) => [musicbrainzAlbum({ facts, images, queue, client }), coverArt({ facts, images, queue, client })],
    state: (worker) => musicbrainzService(worker, config),
  });
};
