import { constants, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { type Bench, quantile } from '../figure.ts';
import { SIZE } from '../library/inventedLibrary.ts';
import { openFile } from '../library/benchLibrary.ts';

/** The rule of the same listen applied to the whole evidence again. */
export const reresolution: Bench = {
  name: 'reresolution',
  async measure(ground) {
    const file = join(ground.folder(), 'musique.db');
    copyFileSync(ground.library, file, constants.COPYFILE_FICLONE);
    const library = openFile(file);
    ground.later(() => library.close());
    const started = performance.now();
    const slices: number[] = [];
    let sliceBegan = started;
    const { reports, listensAfter } = await library.reresolve({
      onProgress: () => slices.push(performance.now() - sliceBegan),
      breathe: async () => {
        await turn();
        sliceBegan = performance.now();
      },
    });
    if (listensAfter !== SIZE.listens) throw new Error(`${SIZE.listens} listens became ${listensAfter}`);
    return [
      {
        what: `Re-resolution of ${SIZE.listens.toLocaleString('en')} listens, ${reports.toLocaleString('en')} reports`,
        value: (performance.now() - started) / 1000,
        unit: 's',
        remark: `${slices.length} slices, p95 ${quantile(slices.slice(1), 0.95).toFixed(0)} ms each`,
      },
    ];
  },
};
