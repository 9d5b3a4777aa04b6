import { shortened } from '#shared/text/cut.ts';
import { t } from '$lib/i18n/index.svelte.ts';
import { isStillSo, type Library, type SupersededNotice } from '$lib/library/index.ts';

type Shown = Pick<Library, 'albums' | 'journal' | 'playlists' | 'tracks'>;

/** Letters of what was written that a message shows. */
const SHOWN = 80;

/** What a note or name is of; a word for it where it is not here any more. */
function nameOf({ subject, subjectId }: SupersededNotice, { albums, journal, playlists, tracks }: Shown): string {
  const listen = subject === 'listen-note' ? journal.listen(Number(subjectId)) : undefined;
  const names = {
    'album-note': () => albums.entry(subjectId)?.title,
    'playlist-name': () => playlists.get(subjectId)?.name,
    'listen-note': () => listen && tracks.of(listen)?.title,
  };
  return names[subject]() ?? t('title.unknown');
}

/** Says in a sentence what became of something that was written on this device. */
export function noticeText(notice: SupersededNotice, library: Shown): string {
  const [title, text] = [nameOf(notice, library), shortened(notice.text, SHOWN)];
  switch (notice.why) {
    case 'merged':
      return text === '' ? t('gaveWay.rating', { title }) : t('gaveWay.merged', { title, text });
    case 'removed':
      return t('gaveWay.removed', { text });
    case 'kept':
      return t('gaveWay.stays', { text });
    case 'deleted':
      return t('gaveWay.deleted', { text });
    default:
      return notice.subject === 'playlist-name'
        ? t('gaveWay.name', { title, text })
        : t('gaveWay.note', { title, text });
  }
}

const shownOf = ({ albums, journal, playlists }: Shown): Parameters<typeof isStillSo>[1] => ({
  playlistName: (id: string) => (playlists.list === undefined ? undefined : (playlists.get(id)?.name ?? null)),
  albumNote: (id: string) => {
    const album = albums.get(id);
    return album && (album.note ?? '');
  },
  listenNote: (id: number) => {
    const listen = journal.listen(id);
    return listen ? (listen.note ?? '') : journal.complete ? null : undefined;
  },
});

/** What there is to report at this moment: what was written here, was superseded, and still is; reactive. */
export const currentNotices = (library: Shown & Pick<Library, 'histories'>): SupersededNotice[] =>
  library.histories.supersededNotices.filter((notice) => isStillSo(notice, shownOf(library)) === true);
