import { expect, test } from 'vitest';
import { SimulatedClock } from '#tests/kit/simulatedClock.ts';
import { UpstreamError, type UpstreamErrorKind } from '../../kit/http/upstreamError.ts';
import { silentLog } from '../../kit/log.ts';
import { applied, libraryForTest, listenTo, START } from '../../library/testing/library.ts';
import { Outbox } from '../outbox.ts';
import { LoveReports } from './loveReports.ts';
import { LoveSubmitter } from './loveSubmitter.ts';

const TRACKS = ['Slack Water', 'Marram', 'Causeway'] as const;
const of = (title: string) => ({ artist: 'Vega', title });

/** A library that heard three tracks, and a Last.fm that takes loves; what answers with a failure is by title. */
function lovesForTest() {
  const { library } = libraryForTest();
  TRACKS.forEach((title, index) =>
    listenTo(library, { ...of(title), album: 'Tidewater', playedAt: START - 600 * (index + 1) }),
  );
  const clock = new SimulatedClock(START * 1_000);
  const asked: string[] = [];
  const loved = new Set<string>();
  const fails = new Map<string, UpstreamErrorKind>();
  const answer = (word: string, title: string, then: () => void) => {
    asked.push(`${word} ${title}`);
    const kind = fails.get(title);
    if (kind) return Promise.reject(new UpstreamError({ upstream: 'Last.fm', kind, message: 'No' }));
    then();
    return Promise.resolve();
  };
  const reports = new LoveReports(library.loves, clock);
  const open = (loves = library.loves) =>
    new Outbox({
      service: 'lastfm',
      senders: [
        new LoveSubmitter({
          loves,
          reports,
          clock,
          log: silentLog,
          target: () => ({
            love: ({ title }) => answer('love', title, () => loved.add(title)),
            unlove: ({ title }) => answer('unlove', title, () => loved.delete(title)),
          }),
          maySubmit: () => true,
        }),
      ],
      clock,
      log: silentLog,
      onChange: () => undefined,
    });
  const says = (title: string, isLoved: boolean) => {
    const { id } = library.reads
      .listens({ page: 1, pageSize: 10 })
      .items.map(({ track }) => track)
      .find((track) => track.title === title)!;
    expect(applied(library, { kind: 'love-track', trackId: id, loved: isLoved })).toMatchObject({ state: 'applied' });
  };
  const isLovedHere = (title: string) =>
    library.reads.listens({ page: 1, pageSize: 10 }).items.find(({ track }) => track.title === title)!.loved;
  return { library, clock, reports, open, says, asked, loved, fails, isLovedHere };
}

test('loves leave one by one; one that Last.fm does not know keeps none of the others, and is offered again within an hour', async () => {
  const { library, clock, open, says, asked, loved, fails } = lovesForTest();
  for (const title of TRACKS) says(title, true);
  fails.set('Marram', 'not-found');
  const outbox = open();
  outbox.resume();
  await clock.pass(1_000);
  expect(asked.slice().sort()).toEqual(['love Causeway', 'love Marram', 'love Slack Water']);
  expect([...loved].sort()).toEqual(['Causeway', 'Slack Water']);
  expect(outbox.delivery('love').error).toBe(null);
  outbox.submitted('love');
  await clock.pass(60_000);
  expect(asked).toHaveLength(3);
  fails.clear();
  await clock.pass(3_600_000);
  expect(loved.has('Marram')).toBe(true);
  expect(library.loves.unsent()).toEqual([]);
  await outbox.close();
});

test('a love that Last.fm took and that was not marked is sent once more, and is one love there', async () => {
  const { library, clock, open, says, asked, loved } = lovesForTest();
  says('Marram', true);
  const dying = open({
    ...library.loves,
    markSent() {
      throw new Error('the process ended');
    },
  });
  dying.resume();
  await clock.pass(1_000);
  await dying.close();
  expect(library.loves.unsent()).toMatchObject([{ title: 'Marram', loved: true }]);
  const outbox = open();
  outbox.resume();
  await clock.pass(1_000);
  expect(asked).toEqual(['love Marram', 'love Marram']);
  expect([...loved]).toEqual(['Marram']);
  expect(library.loves.unsent()).toEqual([]);
  says('Marram', false);
  outbox.submitted('love');
  await clock.pass(0);
  expect([...loved]).toEqual([]);
  await outbox.close();
});

test('an answer that was asked for before a love was sent does not undo it; a later one is taken at its word', async () => {
  const { clock, reports, open, says, isLovedHere } = lovesForTest();
  expect(reports.take(of('Marram'), true, reports.now())).toBe(true);
  const outbox = open();
  outbox.resume();
  await clock.pass(1_000);
  const before = reports.now();
  await clock.pass(1_000);
  says('Marram', false);
  outbox.submitted('love');
  await clock.pass(1_000);
  expect(reports.take(of('Marram'), true, before)).toBe(false);
  expect(isLovedHere('Marram')).toBe(false);
  expect(reports.take(of('Causeway'), true, before)).toBe(true);
  expect(reports.take(of('Marram'), true, reports.now())).toBe(true);
  expect(isLovedHere('Marram')).toBe(true);
  await outbox.close();
});
