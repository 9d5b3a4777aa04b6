import { spotifyAlbum, spotifyArtist } from '../../../enrichment/tasks/spotify.ts';
import { createSpotifyClient, type SpotifyClient } from '../../../upstreams/spotify/index.ts';
import type { ModuleContext } from '../../module.ts';
import { lookupWithKeyService } from '../../serviceStatus.ts';
import { Lookup } from './lookup.ts';

/** Covers, artists' photographs, years and links, by names. */
export const spotifyLookup = (context: ModuleContext) => {
  const { config, library } = context;
  const { facts, images } = library;
  return new Lookup<SpotifyClient>(context, {
    id: 'spotify',
    createClient(options) {
      const [clientId, clientSecret] = [config.get('spotify.clientId'), config.get('spotify.clientSecret')];
      if (!clientId || !clientSecret) return null;
      const [url, accountsUrl] = [config.get('spotify.apiUrl'), config.get('spotify.accountsUrl')];
      return createSpotifyClient({ settings: { url, accountsUrl, clientId, clientSecret }, ...options });
    },
    tasks: (client) => [spotifyAlbum({ facts, images, client }), spotifyArtist({ facts, images, client })],
    state: (worker) => lookupWithKeyService('spotify', worker),
  });
};
