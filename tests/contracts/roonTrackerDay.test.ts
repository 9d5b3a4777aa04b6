import { expect, it } from 'vitest';
import { roonDay } from '#tests/stress/roonDay.ts';

it('makes one listen with two source reports of every play in three zones, through delays, reorderings and outages', async () => {
  expect(await roonDay({ plays: 30, speed: 100, seconds: [50, 75], sittings: 1 })).toMatchObject({
    plays: 30,
    listens: 30,
    scrobbles: 60,
    rightlyJoined: 30,
    roonDowntimes: 3,
    lastfmDowntimes: 3,
    protocolFaults: [],
    zones: { Salon: { listens: 10 }, Bureau: { listens: 10 }, Cuisine: { listens: 10 } },
  });
});
