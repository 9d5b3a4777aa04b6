import type { ModuleContext } from '../../module.ts';
import type { Lookup, OnlyLookupId } from './lookup.ts';
import { musicbrainzLookup } from './musicbrainz.ts';
import { spotifyLookup } from './spotify.ts';

/** Every service that is only asked to fill gaps, in the order in which pages show them: clients, workers and states are made from this. */
export const createLookups = (context: ModuleContext) =>
  ({
    spotify: spotifyLookup(context),
    musicbrainz: musicbrainzLookup(context),
  }) satisfies Record<OnlyLookupId, Lookup>;

export type Lookups = ReturnType<typeof createLookups>;
