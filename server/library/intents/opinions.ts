import { touchPage } from '../listens/journalPages.ts';
import { loveByHand } from '../loves.ts';
import { isoNow } from '../core.ts';
import type { Handlers } from './handler.ts';
import { albumNamedBy, listenNamedBy, refuse, trackNamedBy } from './targets.ts';
import { isBlank } from '#shared/text/blank.ts';

/** What a person thinks of a track, an album or a listen. */
export const opinions: Handlers<'love-track' | 'rate-album' | 'note-album' | 'note-listen' | 'choose-cover'> = {
  'love-track'(core, { trackId, loved }) {
    const track = trackNamedBy(core, trackId);
    loveByHand(core, track.id, loved);
    return { seenIn: track.albumId === null ? 'artists' : 'albums' };
  },
  'rate-album'(core, { albumId, rating }) {
    const id = albumNamedBy(core, albumId);
    core.db.run('UPDATE albums SET rating = ?, updated_at = ? WHERE id = ?', rating, isoNow(core), id);
    core.feed.touch('albums', id);
    return { seenIn: 'albums' };
  },
  'note-album'(core, { albumId, note }) {
    const id = albumNamedBy(core, albumId);
    core.db.run('UPDATE albums SET note = ?, updated_at = ? WHERE id = ?', written(note), isoNow(core), id);
    core.feed.touch('albums', id);
    return { seenIn: 'albums' };
  },
  'note-listen'(core, { listenId, note }) {
    const listen = listenNamedBy(core, listenId);
    core.db.run('UPDATE listening_history SET note = ? WHERE id = ?', written(note), listen.id);
    touchPage(core, listen.page);
    return { seenIn: 'journal' };
  },
  'choose-cover'(core, { albumId, imageId }) {
    const id = albumNamedBy(core, albumId);
    const image = core.db.get<{ id: number }>('SELECT id FROM images WHERE id = ? AND album_id = ?', imageId, id);
    if (image === undefined) return refuse('unknown-image', 'This picture does not belong to the album any more.');
    core.db.run('UPDATE albums SET cover_image_id = ?, updated_at = ? WHERE id = ?', image.id, isoNow(core), id);
    core.feed.touch('albums', id);
    return { seenIn: 'albums' };
  },
};

/** An emptied note is none. */
const written = (note: string): string | null => (isBlank(note) ? null : note);
