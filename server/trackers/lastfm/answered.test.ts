import { expect, it } from 'vitest';
import { Hub } from '../../events/hub.ts';
import { UpstreamError } from '../../kit/http/upstreamError.ts';
import { silentLog } from '../../kit/log.ts';
import { systemClock } from '../../kit/clock.ts';
import { libraryForTest } from '../../library/testing/library.ts';
import { LoveReports } from '../../outbox/lastfm/loveReports.ts';
import type { RecentPlaysSource } from '../../upstreams/ports.ts';
import { NowPlayingBoard } from '../nowPlayingBoard.ts';
import { LastfmTracker } from './tracker.ts';

type Source = RecentPlaysSource;

const nothing = {
  reader: 1,
  lovedTracks: () => Promise.reject(new UpstreamError({ upstream: 'Last.fm', kind: 'refused', message: 'No' })),
};
const well = (): Source =>
  ({
    ...nothing,
    recentPlays: () =>
      Promise.resolve({
        user: 'ada',
        page: 1,
        pages: 1,
        total: 0,
        isCounted: true,
        plays: [],
        setAside: [],
        nowPlaying: null,
      }),
  }) as unknown as Source;
const no = new UpstreamError({ upstream: 'Last.fm', kind: 'refused', message: 'No' });
const away = (): Source => ({ ...nothing, recentPlays: () => Promise.reject(no) }) as unknown as Source;

/** A tracker of a service that is as its test says, polled by the test itself. */
function trackerForTest() {
  const { library } = libraryForTest();
  let source = away();
  let user = 'ada';
  let polls = 0;
  let elapsed = 0;
  const clock = { ...systemClock, elapsed: () => elapsed };
  const tracker = new LastfmTracker({
    library,
    board: new NowPlayingBoard(new Hub(silentLog), library.reads),
    clock,
    log: silentLog,
    source: () => source,
    username: () => user,
    pollSeconds: () => 60,
    loves: new LoveReports(library.loves, clock),
    onStatus: ({ nextPollAt }) => void (polls += Number(nextPollAt !== null)),
  });
  const polled = async () => {
    const before = polls;
    tracker.resume();
    await expect.poll(() => polls).toBeGreaterThan(before);
    return tracker.hasAnswered;
  };
  return {
    tracker,
    polled,
    asks: (other: Source) => void (source = other),
    names: (other: string) => void (user = other),
    pass: (seconds: number) => void (elapsed += seconds * 1000),
  };
}

it('has answered only once a reading with these settings came to a good end', async () => {
  const { tracker, polled, asks } = trackerForTest();
  try {
    expect(tracker.hasAnswered).toBe(false);
    expect(await polled()).toBe(false);
    asks(well());
    expect(tracker.hasAnswered).toBe(false);
    expect(await polled()).toBe(true);
    asks(well());
    expect(tracker.hasAnswered).toBe(false);
  } finally {
    await tracker.close();
  }
});

it('counts the polls that failed in a row, and since when', async () => {
  const { tracker, polled, asks, pass } = trackerForTest();
  try {
    expect(tracker.lag()).toBe(null);
    await polled();
    pass(7);
    expect(tracker.lag()).toMatchObject({ failedPolls: 1, failingSeconds: 7 });
    await polled();
    expect(tracker.lag()).toMatchObject({ failedPolls: 2, failingSeconds: 7 });
    asks(well());
    await polled();
    expect(tracker.lag()).toMatchObject({ seconds: 0, failedPolls: 0, failingSeconds: null });
    // What others ask for is no poll.
    tracker.attemptFailed(no);
    expect(tracker.lag()).toMatchObject({ failedPolls: 0, failingSeconds: null });
    expect(tracker.status().lastError).toBe(null);
  } finally {
    await tracker.close();
  }
});

it('takes what comes of a person’s test for how it is until the next poll, and for no poll', async () => {
  const { tracker, polled, asks } = trackerForTest();
  try {
    tracker.heard(no);
    expect(tracker.status().lastError).toBe(null);
    asks(well());
    await polled();
    tracker.heard(no);
    expect(tracker.status()).toMatchObject({ lastError: 'No', trouble: { code: 'refused' } });
    expect(tracker.lag()).toMatchObject({ failedPolls: 0, failingSeconds: null });
    asks(away());
    await polled();
    asks(well());
    tracker.heard('well');
    expect(tracker).toMatchObject({ hasAnswered: true });
    expect(tracker.status()).toMatchObject({ lastError: null, trouble: null });
  } finally {
    await tracker.close();
  }
});

it('reports no error of a service that is not connected any more', async () => {
  const { tracker, polled, names } = trackerForTest();
  try {
    await polled();
    expect(tracker.status()).toMatchObject({ configured: true, lastError: 'No', trouble: { code: 'refused' } });
    names('');
    tracker.resume();
    expect(tracker.status()).toMatchObject({ configured: false, lastError: null, trouble: null });
  } finally {
    await tracker.close();
  }
});
