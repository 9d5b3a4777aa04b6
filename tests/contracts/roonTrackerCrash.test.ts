import { afterEach, expect, it } from 'vitest';
import type { ListenItem } from '#server/library/api/reads.ts';
import type { RoonStatus } from '#shared/api/roon.ts';
import { type RunningServer, startServer, until } from '#tests/kit/serverProcess.ts';
import { SimulatedCore } from '#tests/simulators/roon/index.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const track = (title: string, length: number) => ({ title, artists: 'Mélodie Varga', album: 'Lumières', length });

async function heard(server: RunningServer, core: SimulatedCore): Promise<void> {
  const zone = core.zone('Salon');
  await until(
    'the server to hear where the music is',
    () => server.get<RoonStatus>('/services/roon/status'),
    ({ zones }) =>
      zones[0]?.nowPlaying?.title === zone.current?.title &&
      zones[0]?.nowPlaying?.positionSeconds === (zone.current && zone.position),
  );
}

const journal = async (server: RunningServer) => {
  const { items } = await server.get<{ items: ListenItem[] }>('/history/tracks');
  return items.map(({ track: { title }, zone, witnesses: sourceReports }) => [title, zone, sourceReports.length]);
};

it('loses no more than the track that was playing when the server is killed', async () => {
  const core = await SimulatedCore.start({ approved: true });
  closing.push(() => core.close());
  let server = await startServer({ ROON_HOST: core.host, ROON_PORT: String(core.port) });
  closing.push(() => server.dispose());
  core.zone('Salon').play(track('Phares', 100), track('Balises', 60), track('Jusant', 200), track('Amers', 60));
  await heard(server, core);

  // Phares is heard and over; Balises is earned and not over; the server dies without a word.
  core.tick(140);
  await heard(server, core);
  await until(
    'both to be in the journal',
    () => journal(server),
    (items) => items.length === 2,
  );
  await server.kill();
  core.tick(5);
  server = await server.restart();
  await heard(server, core);
  core.tick(15);
  await heard(server, core);
  expect(await journal(server)).toEqual([
    ['Balises', 'Salon', 1],
    ['Phares', 'Salon', 1],
  ]);

  // Jusant is half-way to being earned when the server dies again; what is heard afterwards still counts as one play of it.
  core.tick(50);
  await heard(server, core);
  await server.kill();
  core.tick(2);
  server = await server.restart();
  await heard(server, core);
  core.tick(190);
  await heard(server, core);
  expect(await journal(server)).toEqual([
    ['Amers', 'Salon', 1],
    ['Jusant', 'Salon', 1],
    ['Balises', 'Salon', 1],
    ['Phares', 'Salon', 1],
  ]);
});
