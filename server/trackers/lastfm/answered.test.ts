import { expect, it } from 'vitest';
import { Hub } from '../../http/hub.ts';
import { UpstreamError } from '../../kit/http/upstreamError.ts';
import { silentLog } from '../../kit/log.ts';
import { systemClock } from '../../kit/clock.ts';
import { libraryForTest } from '../../library/testing/library.ts';
import type { LoveTarget, RecentPlaysSource } from '../../upstreams/ports.ts';
import { NowPlayingBoard } from '../nowPlayingBoard.ts';
import { LastfmTracker } from './tracker.ts';

type Source = RecentPlaysSource & LoveTarget;

const nothing = { reader: 1, lovedTracks: () => Promise.reject(new UpstreamError({ upstream: 'Last.fm', kind: 'refused', message: 'No' })) };
const well = (): Source =>
  ({ ...nothing, recentPlays: () => Promise.resolve({ user: 'ada', page: 1, pages: 1, total: 0, isCounted: true, plays: [], setAside: [], nowPlaying: null }) }) as unknown as Source;
const away = (): Source => ({ ...nothing, recentPlays: () => Promise.reject(new UpstreamError({ upstream: 'Last.fm', kind: 'refused', message: 'No' })) }) as unknown as Source;

it('has answered only once a reading with these settings came to a good end', async () => {
  const { library } = libraryForTest();
  let source = away();
  let polls = 0;
  const tracker = new LastfmTracker({
    library, board: new NowPlayingBoard(new Hub(silentLog), library.reads), clock: systemClock, log: silentLog, source: () => source,
    username: () => 'ada', pollSeconds: () => 60, canTellLoves: () => false, onStatus: ({ nextPollAt }) => void (polls += Number(nextPollAt !== null)),
  });
  const polled = async () => {
    const before = polls;
    tracker.resume();
    await expect.poll(() => polls).toBeGreaterThan(before);
    return tracker.hasAnswered;
  };
  try {
    expect(tracker.hasAnswered).toBe(false);
    expect(await polled()).toBe(false);
    source = well();
    expect(tracker.hasAnswered).toBe(false);
    expect(await polled()).toBe(true);
    source = well();
    expect(tracker.hasAnswered).toBe(false);
  } finally {
    await tracker.close();
  }
});
