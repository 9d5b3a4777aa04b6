import { sharedUpstreams, type UpstreamId } from '#shared/upstreams/registry.ts';
import { UpstreamError } from '../../kit/http/upstreamError.ts';
import type { SettingKey } from '../../settings.ts';
import { createEuriaClient, type EuriaClient } from '../../upstreams/euria/index.ts';
import { createMusicBrainzClient, type MusicBrainzClient } from '../../upstreams/musicbrainz/index.ts';
import { isSettingOf } from '../../upstreams/registry.ts';
import { createSpotifyClient, type SpotifyClient } from '../../upstreams/spotify/index.ts';
import { VERSION } from '../../version.ts';
import type { ModuleContext } from '../module.ts';
import { setAsideSink } from '../setAsideSink.ts';

const USER_AGENT = `AIME/${VERSION}`;

/** Settings of which service and model EurIA's requests go to. */
export const EURIA_TARGET: readonly SettingKey[] = ['euria.url', 'euria.token', 'euria.model'];

/** @returns the client. @throws UpstreamError where the service is not connected. */
export function connected<T>(client: T | null, id: UpstreamId): T {
  const upstream = sharedUpstreams[id].name;
  if (client === null)
    throw new UpstreamError({
      upstream,
      kind: 'refused',
      code: 'not-configured',
      message: `${upstream} is not connected yet: connect it in Settings`,
    });
  return client;
}

/** The clients of the services that are only asked to fill gaps, for the settings as they are; null where one is not connected. */
export class LookupClients {
  readonly #context: ModuleContext;
  spotify: SpotifyClient | null = null;
  euria: EuriaClient | null = null;
  musicbrainz: MusicBrainzClient | null = null;

  constructor(context: ModuleContext) {
    this.#context = context;
  }

  /** Makes the clients anew that these settings are of; all of them where none are given. */
  connect(keys?: readonly SettingKey[]): void {
    const isAbout = (upstream: UpstreamId) => !keys || keys.some((key) => isSettingOf(upstream, key));
    if (isAbout('spotify')) this.spotify = this.#makeSpotify();
    // It keeps the pause that the service asked for, and what it knows of its models, while the same one is asked.
    if (!keys || keys.some((key) => EURIA_TARGET.includes(key))) this.euria = this.#makeEuria();
    if (isAbout('musicbrainz')) this.musicbrainz = this.#makeMusicBrainz();
  }

  #makeSpotify(): SpotifyClient | null {
    const { config, library, clock } = this.#context;
    const [clientId, clientSecret] = [config.get('spotify.clientId'), config.get('spotify.clientSecret')];
    if (!clientId || !clientSecret) return null;
    return createSpotifyClient({
      settings: {
        url: config.get('spotify.apiUrl'),
        accountsUrl: config.get('spotify.accountsUrl'),
        clientId,
        clientSecret,
      },
      clock,
      userAgent: USER_AGENT,
      onSetAside: setAsideSink(library, 'spotify'),
    });
  }

  #makeEuria(): EuriaClient | null {
    const { config, library, clock } = this.#context;
    const url = config.get('euria.url');
    if (!url) return null;
    return createEuriaClient({
      settings: { url, token: config.get('euria.token'), model: config.get('euria.model') },
      clock,
      userAgent: USER_AGENT,
      onSetAside: setAsideSink(library, 'euria'),
    });
  }

  #makeMusicBrainz(): MusicBrainzClient | null {
    const { config, library, clock } = this.#context;
    const contact = config.get('contact');
    if (contact === undefined) return null;
    return createMusicBrainzClient({
      settings: { url: config.get('musicbrainz.url'), coverArtUrl: config.get('coverart.url'), contact },
      clock,
      userAgent: USER_AGENT,
      onSetAside: setAsideSink(library, 'musicbrainz'),
    });
  }
}
