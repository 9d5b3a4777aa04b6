import { join } from 'node:path';
import type { ScrobbleInput } from '#server/library/api/scrobbles.ts';
import type { Bench } from '../figure.ts';
import { inventLibrary, inventListens } from '../library/inventedLibrary.ts';
import { openFile } from '../library/benchLibrary.ts';
import { scrobblesOf } from '../library/scrobbles.ts';

const SCROBBLES = 100_000;
/** As a page of Last.fm brings them. */
const PAGE = 200;

/** 100,000 scrobbles into an empty library, a page of Last.fm at a time, each page durable when it returns; then all of them again. */
export const importScrobbles: Bench = {
  name: 'import',
  async measure(ground) {
    const scrobbles: ScrobbleInput[] = [];
    for (const listen of inventListens(inventLibrary())) {
      if (scrobbles.length >= SCROBBLES) break;
      scrobbles.push(...scrobblesOf({ ...listen, sources: 'lastfm' }));
    }
    const library = openFile(join(ground.folder(), 'musique.db'));
    ground.later(() => library.close());
    const pass = () => {
      const started = performance.now();
      const states = { new: 0, known: 0, corrected: 0 };
      for (let from = 0; from < scrobbles.length; from += PAGE) {
        for (const { state } of library.scrobbles.record(scrobbles.slice(from, from + PAGE))) states[state] += 1;
      }
      return { seconds: (performance.now() - started) / 1000, states };
    };
    const first = pass();
    const again = pass();
    const { listens, albums } = library.reads.counts();
    if (listens !== SCROBBLES || first.states.new !== SCROBBLES || again.states.known !== SCROBBLES) {
      throw new Error(
        `${SCROBBLES} scrobbles became ${listens} listens: ${JSON.stringify([first.states, again.states])}`,
      );
    }
    return [
      {
        what: 'Import of 100,000 scrobbles into the server: done, deduplicated',
        value: first.seconds,
        unit: 's',
        reach: 10,
        remark: `an empty library, ${SCROBBLES / PAGE} pages of ${PAGE}, ${albums} albums made`,
      },
      { what: 'The same 100,000 scrobbles again, all known', value: again.seconds, unit: 's' },
    ];
  },
};
