import * as v from 'valibot';
import { type OnSetAside, parseResponse } from '../../../kit/http/responseSchema.ts';
import type { ArtworkCandidate } from '../../ports.ts';
import { artist, artwork, images, name, optionalText, optionalUrl } from './parts.ts';
import { LASTFM } from '../settings.ts';

/** What Last.fm knows of an artist or an album, under the name it corrected ours to. */
export interface LastfmArtistInfo {
  name: string;
  url?: string;
  mbid?: string;
  /** The largest first; empty when it has none. It supplies no photographs of artists. */
  images: ArtworkCandidate[];
}

export interface LastfmAlbumInfo extends LastfmArtistInfo {
  artist: string;
}

const described = { name, url: optionalUrl, mbid: optionalText, image: images };
const artistInfo = v.object({ artist: v.object(described) });
const albumInfo = v.object({ album: v.object({ ...described, artist }) });

/**
 * Reads an answer to artist.getInfo.
 * @throws UpstreamError `malformed`
 */
export function readArtistInfo(body: unknown, onSetAside?: OnSetAside): LastfmArtistInfo {
  const { image, ...rest } = parseResponse(LASTFM, artistInfo, body, onSetAside).artist;
  return { ...rest, images: artwork(image) };
}

/**
 * Reads an answer to album.getInfo.
 * @throws UpstreamError `malformed`
 */
export function readAlbumInfo(body: unknown, onSetAside?: OnSetAside): LastfmAlbumInfo {
  const { image, artist: by, ...rest } = parseResponse(LASTFM, albumInfo, body, onSetAside).album;
  return { ...rest, artist: by.name, images: artwork(image) };
}
