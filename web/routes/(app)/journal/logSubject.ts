import type { AnswerOf } from '#shared/api/contract.ts';
import type { getMusicBrainzRelease, searchMusicBrainz } from '#shared/api/musicbrainz.ts';
import type { AlbumDocument } from '#shared/library/album.ts';
import { playing } from '$lib/i18n/format.svelte.ts';
import { t } from '$lib/i18n/index.svelte.ts';
import type { Library, TrackToPlay, Undoable } from '$lib/library/index.ts';
import type { AccentColour } from '$lib/ui/accentColour.ts';
import { type Portion, portionsOf, tracksToPlay } from '../album/[id]/portions.ts';
import { partName } from '../album/[id]/partName.ts';
import { timeOf, type Plan } from './logMoment.ts';

/** A part of it that one may log. */
export interface LogPart {
  /** `whole`, `part …`, `track 17`. */
  key: string;
  name: string;
  tracks: TrackToPlay[];
}

/** What is logged of which the tracks are known: a record of the library's, a track of it, a record that was found elsewhere. */
export interface LogSubject {
  key: string;
  title: string;
  artist: string;
  year: number | null;
  cover: { imageId: number | null; accent: AccentColour | null; support: string | null };
  /** The whole first; just one of a track alone. */
  parts: LogPart[];
  log(plan: Plan): Promise<Undoable & { plays: boolean }>;
}

type Listed = Pick<AlbumDocument, 'title' | 'tracks' | 'copies' | 'support'>;

const partsOf = (album: Listed): LogPart[] =>
  portionsOf(album).map((portion) => ({
    key: portion.key,
    name: nameOf(portion),
    tracks: tracksToPlay([{ album, tracks: portion.tracks }]),
  }));

function nameOf({ key, name, part }: Portion): string {
  if (key === 'whole') return t('log.whole');
  return part === undefined ? name : partName(part);
}

/** "8 tracks, 42 min". */
export const amountOf = ({ tracks: list }: Pick<LogPart, 'tracks'>): string =>
  `${t('unit.tracks', { n: list.length })}, ${playing(timeOf(list))}`;

/** Undefined for a record of which no tracks are known. */
export function recordSubject(
  album: AlbumDocument,
  { albums, mutations }: Pick<Library, 'albums' | 'mutations'>,
): LogSubject | undefined {
  const parts = partsOf(album);
  const entry = albums.entry(album.id);
  if (parts.length === 0) return undefined;
  return {
    key: `album ${album.id}`,
    title: album.title,
    artist: entry?.artistLine ?? album.artists[0]?.name ?? '',
    year: album.year,
    cover: { imageId: entry?.imageId ?? null, accent: entry?.lent ?? null, support: entry?.support ?? album.support },
    parts,
    log: (plan) => mutations.addListens(plan.tracks, plan.start),
  };
}

/** A track that is on no record. */
export function trackSubject(
  trackId: number,
  { mutations, tracks }: Pick<Library, 'mutations' | 'tracks'>,
): LogSubject | undefined {
  const track = tracks.get(trackId);
  if (!track) return undefined;
  return {
    key: `track ${trackId}`,
    title: track.title,
    artist: track.artistLine,
    year: null,
    cover: { imageId: null, accent: null, support: null },
    parts: [
      {
        key: `track ${trackId}`,
        name: track.title,
        tracks: [{ trackId, ...(track.durationSeconds !== undefined && { durationSeconds: track.durationSeconds }) }],
      },
    ],
    log: (plan) => mutations.addListens(plan.tracks, plan.start),
  };
}

/** A record that is in no library here, as a service lists it. */
export type FoundRecord = Omit<AnswerOf<typeof searchMusicBrainz>['items'][number], 'mbid'> &
  AnswerOf<typeof getMusicBrainzRelease>;

/** Undefined where the service does not know its tracks either. */
export function foundSubject(
  { title, artist, year, tracks: list }: FoundRecord,
  { mutations }: Pick<Library, 'mutations'>,
): LogSubject | undefined {
  if (list.length === 0) return undefined;
  const album: Listed = {
    title,
    tracks: list.map((track, id) => ({
      id,
      title: track.title,
      ...(track.position !== null && { position: track.position }),
      ...(track.durationSeconds !== null && { durationSeconds: track.durationSeconds }),
    })),
    copies: [],
    support: null,
  };
  return {
    key: `found ${title}\n${artist}`,
    title,
    artist,
    year,
    cover: { imageId: null, accent: null, support: null },
    parts: partsOf(album),
    log: (plan) =>
      mutations.logNamed(
        {
          artist,
          album: title,
          tracks: plan.tracks.map(({ trackId, ...timed }) => ({ title: list[trackId]!.title, ...timed })),
        },
        plan.start,
      ),
  };
}
