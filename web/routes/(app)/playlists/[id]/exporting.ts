import type { PlaylistDocument } from '#shared/library/playlist.ts';
import { exportPlaylist, type ExportedFile, type ExportFormat } from '#shared/playlists/export/formats.ts';
import { tracks } from '$lib/library/index.ts';

/** The playlist as a file, with names in place of keys; tracks that are not here any more are left out. */
export function fileOf(playlist: PlaylistDocument, format: ExportFormat): ExportedFile {
  return exportPlaylist(
    {
      name: playlist.name,
      algorithm: playlist.algorithm,
      aiPrompt: playlist.aiPrompt,
      createdAt: playlist.createdAt,
      tracks: playlist.entries.flatMap(({ trackId, reason }) => {
        const track = tracks.get(trackId);
        if (!track) return [];
        return [
          {
            title: track.title,
            artists: track.artists.map((credit) => credit.creditedAs ?? credit.name),
            album: track.album?.title ?? null,
            year: track.album?.year ?? null,
            durationSeconds: track.durationSeconds ?? null,
            ...(reason ? { reason } : {}),
          },
        ];
      }),
    },
    format,
  );
}

/** Hands a file to the browser's downloads. */
export function download({ body, mediaType, fileName }: ExportedFile): void {
  const url = URL.createObjectURL(new Blob([body], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** True where the device has a share sheet for files. */
export const canShare = (): boolean => typeof navigator.canShare === 'function' && navigator.canShare({ files: [new File([''], 'a.txt', { type: 'text/plain' })] });

/** Opens the device's share sheet; a person who closes it has simply changed their mind. */
export async function share(playlist: PlaylistDocument): Promise<void> {
  const { body, fileName } = fileOf(playlist, 'm3u8');
  const text = new File([body], `${fileName}.txt`, { type: 'text/plain' });
  await navigator.share({ title: playlist.name, files: [text] }).catch(() => undefined);
}
