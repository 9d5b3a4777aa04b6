import type { FromWorker, ToWorker } from '../../../web/lib/library/search/messages.ts';
import { albumLines, artistLines } from '../../../web/lib/library/search/names.ts';
import { pullLibrary } from './library.ts';

export interface KeystrokeTimes {
  names: number;
  /** Milliseconds from a keystroke to its results at the page, by what was typed so far. */
  times: { typed: string; ms: number; found: number }[];
}

declare global {
  var benchKeystrokes: (workerSource: string) => Promise<KeystrokeTimes>;
}

/** Hands every name to the app's search worker, then types names letter by letter. */
globalThis.benchKeystrokes = async (workerSource) => {
  const { albums, artists } = await pullLibrary();
  const worker = new Worker(URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' })));
  const post = (message: ToWorker) => worker.postMessage(message);
  const answer = (number: number) =>
    new Promise<FromWorker>((resolve) => {
      const heard = ({ data }: MessageEvent<FromWorker>) => {
        if (data.number !== number) return;
        worker.removeEventListener('message', heard);
        resolve(data);
      };
      worker.addEventListener('message', heard);
    });
  const lines = [...albums.flatMap(albumLines), ...artists.flatMap(artistLines)];
  for (let from = 0; from < lines.length; from += 5_000)
    post({ ask: 'set', lines: lines.slice(from, from + 5_000).join('\n') });
  await new Promise((resolve) => setTimeout(resolve, 3_000));

  const times: KeystrokeTimes['times'] = [];
  let number = 0;
  for (let name = 0; name < 12; name += 1) {
    const { title, tracks } = albums[(name * 797) % albums.length]!;
    const whole = name % 3 === 0 ? tracks[3]!.title : name % 3 === 1 ? title : albums[name * 31]!.artists[0]!.name;
    for (let letters = 1; letters <= Math.min(whole.length, 14); letters += 1) {
      const typed = whole.slice(0, letters).toLowerCase();
      const started = performance.now();
      const asked = (number += 1);
      const waiting = answer(asked);
      post({ ask: 'find', number: asked, query: typed, limit: 8 });
      const { answer: found } = await waiting;
      times.push({
        typed,
        ms: performance.now() - started,
        found: found.artists.length + found.albums.length + found.tracks.length,
      });
    }
  }
  worker.terminate();
  return { names: lines.length, times };
};
