import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  createListeningRule,
  emptyListening,
  type ListeningEvent,
  type ListeningState,
  readListening,
} from '#server/trackers/roonListening/index.ts';
import { type Follower, RoonFixture, until } from './roonFixture.ts';

let fixture: RoonFixture;
beforeEach(() => {
  fixture = new RoonFixture();
});
afterEach(() => fixture.close());

/** The rule behind a client, as a tracker runs it: every message in order, the state stored as JSON between them. */
function listenTo({ client }: Follower): ListeningEvent[] {
  const rule = createListeningRule();
  const events: ListeningEvent[] = [];
  let state: ListeningState = emptyListening;
  client.onZones(({ reason, zones, at }) => {
    const reported = rule.step(state, reason === 'lost' ? { type: 'lost', at } : { type: 'zones', at, zones });
    state = reported.state;
    if (reason === 'lost') state = readListening(JSON.parse(JSON.stringify(state)));
    events.push(...reported.events);
  });
  return events;
}

it('hears a day in three zones as it was, through grouping, pauses, skips and two restarts', async () => {
  const core = await fixture.core({ approved: true });
  const follower = fixture.follow(core);
  const events = listenTo(follower);
  await follower.reaches('paired');
  const names = ['Kitchen', 'Office', 'Salon'];
  const played: string[] = [];
  const reported = () =>
    follower.client.status().zones.map(({ id, nowPlaying }) => `${id} ${nowPlaying?.seekPosition}`);
  const real = () => core.transport.zones().map(({ id, current, position }) => `${id} ${current && position}`);
  const caughtUp = () => until(() => reported().sort().join() === real().sort().join());
  for (let round = 0; round < 20; round += 1) {
    for (const [index, name] of names.entries()) {
      const length = 40 + ((round * 37 + index * 11) % 200);
      const skipped = (round + index) % 7 === 3;
      const title = `${name} ${round}${skipped ? ' (skipped)' : ''}`;
      core.zone(name).play({ title, artists: 'Mélodie Varga / Jon Aske', album: 'Lumières', length });
      if (!skipped) played.push(title);
    }
    core.tick(15);
    for (const name of names) if (core.zone(name).current?.title.includes('skipped')) core.zone(name).stop();
    if (round % 5 === 1) core.zone('Office').pause();
    core.tick(3);
    if (round % 5 === 1) core.zone('Office').turnVolume(11).resume();
    await caughtUp();
    if (round % 9 === 4) {
      const acquaintances = core.registrations.length;
      await core.restart();
      await until(() => core.registrations.length > acquaintances);
      await follower.reaches('paired');
      await caughtUp();
    }
    // The office falls silent when it is grouped, as it has what it needs by then.
    core.tick(217);
    if (round === 6 || round === 13)
      core.zone('Salon').play({ title: `Together ${round}`, artists: 'Jon Aske', length: 100 });
    if (round === 6 || round === 13) {
      played.push(`Together ${round}`);
      core.tick(20);
      core.transport.group('Salon', 'Office');
      core.tick(20);
      core.transport.ungroup('Salon + 1');
      core.tick(59);
      core.zone('Salon').stop();
    }
    await caughtUp();
  }
  const earned = events.filter(({ type }) => type === 'earned').map(({ listen }) => listen);
  expect(earned.map(({ title }) => title).sort()).toEqual(played.sort());
  expect(new Set(earned.map(({ key }) => key)).size).toBe(played.length);
  expect(core.faults).toEqual([]);
});

it('hears at a hundred times speed what it hears at the pace of music', async () => {
  const core = await fixture.core({ approved: true, speed: 100 });
  const follower = fixture.follow(core);
  const events = listenTo(follower);
  await follower.reaches('paired');
  const tracks = ['One', 'Two', 'Three'].map((title) => ({ title, artists: 'Jon Aske', length: 60 }));
  core.zone('Kitchen').play(...tracks);
  await until(() => core.zone('Kitchen').state === 'stopped' && follower.client.status().zones[0]?.state === 'stopped');
  const earned = events.filter(({ type }) => type === 'earned').map(({ listen }) => listen);
  expect(earned.map(({ title, durationSeconds }) => [title, durationSeconds])).toEqual([
    ['One', 60],
    ['Two', 60],
    ['Three', 60],
  ]);
});
