import type { Bench } from '../figure.ts';
import type { RunningServer } from '#tests/kit/serverProcess.ts';

const COVERS = 200;
const AT_ONCE = 8;
const LASTING_MS = 4_000;

/** Covers as the grid shows them: fetched, made smaller and stored the first time, then read from disk. */
export const covers: Bench = {
  name: 'covers',
  async measure(ground) {
    const server = await ground.server();
    const { items } = await server.get<{ items: { images: { id: number }[] }[] }>(
      `/collection/albums?owned=true&pageSize=${COVERS}`,
    );
    const ids = items.flatMap(({ images }) => images.slice(0, 1).map(({ id }) => id));
    if (ids.length < COVERS / 2) throw new Error(`Only ${ids.length} of ${items.length} albums have a cover`);
    const first = await shown(server, ids, (done) => done < ids.length);
    const ends = performance.now() + LASTING_MS;
    const again = await shown(server, ids, () => performance.now() < ends);
    return [
      {
        what: 'Covers from disk',
        value: again,
        unit: 'per second',
        remark: `${ids.length} covers of 300 pixels, ${AT_ONCE} asked for at once`,
      },
      { what: 'Covers fetched for the first time, made smaller and stored', value: first, unit: 'per second' },
    ];
  },
};

/** Asks for the covers in turn while `more` says so. @returns how many came per second. */
async function shown(server: RunningServer, ids: readonly number[], more: (asked: number) => boolean): Promise<number> {
  const started = performance.now();
  let asked = 0;
  const askOn = async () => {
    while (more(asked)) {
      const id = ids[asked++ % ids.length]!;
      const answer = await fetch(`${server.url}/api/v1/images/${id}?size=300`);
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`Cover ${id}: ${answer.status}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, askOn));
  return (asked / (performance.now() - started)) * 1000;
}
