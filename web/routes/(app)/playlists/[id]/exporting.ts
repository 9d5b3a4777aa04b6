import type { PlaylistDocument, PlaylistEntry } from '#shared/library/playlist.ts';
import { exportPlaylist, type ExportedFile, type ExportFormat } from '#shared/playlists/export/formats.ts';
import type { ExportedTrack } from '#shared/playlists/export/playlist.ts';
import type { Tracks } from '$lib/library/index.ts';

/** The playlist as a file, with names in place of keys; a track that is not here is named as the list has it. */
export function fileOf(playlist: PlaylistDocument, format: ExportFormat, tracks: Tracks): ExportedFile {
  return exportPlaylist(
    {
      name: playlist.name,
      algorithm: playlist.algorithm,
      aiPrompt: playlist.aiPrompt,
      createdAt: playlist.createdAt,
      tracks: playlist.entries.map((entry) => ({
        ...namesOf(entry, tracks),
        ...(entry.reason ? { reason: entry.reason } : {}),
      })),
    },
    format,
  );
}

function namesOf({ trackId, artist, title, album }: PlaylistEntry, tracks: Tracks): Omit<ExportedTrack, 'reason'> {
  const track = trackId === null ? null : tracks.get(trackId);
  if (!track)
    return {
      title: title ?? '',
      artists: artist ? [artist] : [],
      album: album ?? null,
      year: null,
      durationSeconds: null,
    };
  return {
    title: track.title,
    artists: track.artists.map((credit) => credit.creditedAs ?? credit.name),
    album: track.album?.title ?? null,
    year: track.album?.year ?? null,
    durationSeconds: track.durationSeconds ?? null,
  };
}

/** A file of text, or a picture. */
interface Downloadable {
  body: BlobPart;
  mediaType: string;
  fileName: string;
}

/** Hands a file to the browser's downloads. */
export function download({ body, mediaType, fileName }: Downloadable): void {
  const url = URL.createObjectURL(new Blob([body], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** True where the device has a share sheet for files of this type. */
export const canShare = (mediaType = 'text/plain'): boolean =>
  typeof navigator.canShare === 'function' && navigator.canShare({ files: [new File([''], 'a', { type: mediaType })] });

/** Opens the device's share sheet; a person who closes it has simply changed their mind. @throws {Error} when the sheet cannot be opened. */
export async function shareFile({ body, mediaType, fileName }: Downloadable, title: string): Promise<void> {
  try {
    await navigator.share({ title, files: [new File([body], fileName, { type: mediaType })] });
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
  }
}

/** Shares a playlist as text, which every device takes. */
export function share(playlist: PlaylistDocument, tracks: Tracks): Promise<void> {
  const { body, fileName } = fileOf(playlist, 'm3u8', tracks);
  return shareFile({ body, mediaType: 'text/plain', fileName: `${fileName}.txt` }, playlist.name);
}
