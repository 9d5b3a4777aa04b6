import { believableMatch } from '#shared/matching/sameTrack.ts';
import type { Facts } from '../../library/api/facts.ts';
import type { LinerClient } from '../../upstreams/liner/index.ts';
import { type EnrichmentTask, subjectId } from '../task.ts';

interface Needs {
  facts: Facts;
  client: () => LinerClient;
}

/** The year on the sleeve of an album of which none is known. */
export const linerAlbum = ({ facts, client }: Needs): EnrichmentTask => ({
  kind: 'liner-album',
  async run(task, signal) {
    const album = facts.album(subjectId(task));
    const artist = album?.artists[0];
    if (!album || artist === undefined) return { giveUp: 'gone' };
    if (album.year !== null) return { giveUp: 'nothing-to-do' };
    const names = { artist, title: album.title };
    const sleeves = await client().sleeves(names, signal);
    const found = sleeves.find((sleeve) => believableMatch(names, sleeve));
    if (!found) return { giveUp: 'no-match' };
    return { keep: () => facts.fillAlbum(album.id, { year: found.year }) };
  },
});
