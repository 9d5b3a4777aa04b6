import type { ScrobbleOutbox, TrackerStatus } from '#shared/api/lastfm.ts';
import type { ServiceTest } from '#shared/api/services.ts';
import { serviceState } from '#shared/library/serviceStates.ts';
import { testService } from '../kit/http/testService.ts';
import { LoveReports } from '../outbox/lastfm/loveReports.ts';
import { LoveSubmitter } from '../outbox/lastfm/loveSubmitter.ts';
import { ScrobbleSubmitter } from '../outbox/lastfm/scrobbleSubmitter.ts';
import { Outbox } from '../outbox/outbox.ts';
import { LastfmBackfill } from '../trackers/lastfm/backfill.ts';
import { LastfmTracker } from '../trackers/lastfm/tracker.ts';
import { isSettingOf } from '../upstreams/registry.ts';
import { createLastfmClient, type LastfmClient } from '../upstreams/lastfm/index.ts';
import { trackerHealth, type TrackerHealth } from '../health/tracker.ts';
import type { ModuleContext, Module } from './module.ts';
import type { ReportedState } from './serviceBoard.ts';
import { setAsideSink } from './setAsideSink.ts';
import { gauge } from '../kit/meters/exposition.ts';

export interface LastfmModule extends Module {
  /** Null without an API key. */
  client(): LastfmClient | null;
  tracker: LastfmTracker;
  backfill: LastfmBackfill;
  /** The state of the outbox of manual listens for Last.fm. */
  scrobbleStatus(): ScrobbleOutbox;
  /** Asks Last.fm once. */
  test(client: LastfmClient): Promise<ServiceTest>;
  /** Whether plays come in. */
  trackerHealth(): TrackerHealth;
}

/**
 * Last.fm: the client for the settings as they are, the tracker, the backfill, connecting an account.
 *
 * @param onTracker called when how plays come in may have changed.
 */
export function createLastfmModule(context: ModuleContext, onTracker: () => void): LastfmModule {
  const { config, library, nowPlaying, services, hub, clock, log } = context;
  let client: LastfmClient | null = null;

  const connect = () => {
    const [apiKey, apiSecret, sessionKey] = [
      config.get('lastfm.apiKey'),
      config.get('lastfm.apiSecret'),
      config.get('lastfm.sessionKey'),
    ];
    const username = config.get('lastfm.username');
    client = apiKey
      ? createLastfmClient({
          settings: {
            url: config.get('lastfm.url'),
            authUrl: config.get('lastfm.authUrl'),
            apiKey,
            ...(apiSecret ? { apiSecret } : {}),
            ...(sessionKey ? { sessionKey } : {}),
            ...(username ? { username } : {}),
          },
          clock,
          intervalMs: Math.ceil(60_000 / config.get('lastfm.requestsPerMinute')),
          onAttemptFailed: (error) => tracker.attemptFailed(error),
          onSetAside: setAsideSink(library, 'lastfm'),
        })
      : null;
    library.household.note({ lovesReachLastfm: Boolean(apiKey && apiSecret && sessionKey) });
  };

  const loves = new LoveReports(library.loves, clock);
  const tracker = new LastfmTracker({
    library,
    board: nowPlaying,
    clock,
    log,
    source: () => client,
    username: () => config.get('lastfm.username'),
    pollSeconds: () => config.get('lastfm.pollSeconds'),
    loves,
    onStatus() {
      show();
      onTracker();
      // Whether it takes loves depends on who is followed.
      outbox.notify();
    },
  });
  const maySubmit = () => library.household.get().lovesReachLastfm;
  const scrobbles = new ScrobbleSubmitter({
    library,
    clock,
    target: () => client,
    wanted: () => config.get('lastfm.scrobbleManual'),
    maySubmit,
  });
  const outbox = new Outbox({
    service: 'lastfm',
    senders: [
      new LoveSubmitter({
        loves: library.loves,
        reports: loves,
        clock,
        log,
        target: () => client,
        maySubmit: () => maySubmit() && tracker.followsOwner,
      }),
      scrobbles,
    ],
    clock,
    log,
    onChange: () => show(),
  });
  const resumeOutbox = () => {
    scrobbles.settingsChanged();
    outbox.resume();
  };
  const show = () =>
    services.show(stateOf(tracker.status(), tracker.hasAnswered, outbox.refusal, config.get('lastfm.username')));
  const backfill = new LastfmBackfill({
    library,
    clock,
    log,
    source: () => client,
    username: () => config.get('lastfm.username'),
    requestsPerMinute: () => config.get('lastfm.requestsPerMinute'),
    loves,
    onProgress: (data) => hub.publish({ event: 'progress', data }),
  });

  config.onChange((keys) => {
    if (!keys.some((key) => isSettingOf('lastfm', key))) return;
    connect();
    tracker.resume();
    resumeOutbox();
    backfill.resume();
    show();
  });

  library.feed.subscribe((changes) => {
    if (changes.some(({ collection }) => collection === 'intents')) outbox.submitted('love');
    // What plays at the turntable is heard without anybody's word.
    else if (changes.some(({ collection }) => collection === 'journal')) outbox.notify();
  });

  const health = () => trackerHealth(tracker.lag(), config.get('lastfm.pollSeconds'));

  return {
    client: () => client,
    tracker,
    backfill,
    scrobbleStatus: () => scrobbles.status(outbox.delivery('scrobble')),
    test: (asked) =>
      testService(
        asked,
        async () => {
          const page = await asked.recentPlays({ limit: 1 });
          return { message: `${page.user}: ${page.total} plays`, total: page.total };
        },
        (outcome) => {
          if (asked !== client) return;
          tracker.heard(outcome);
          if (outcome === 'well') outbox.tryAgain();
        },
      ),
    start() {
      connect();
      tracker.resume();
      resumeOutbox();
      backfill.resume();
      show();
    },
    async close() {
      await Promise.all([tracker.close(), outbox.close(), backfill.close()]);
    },
    clockSet() {
      tracker.pollSoon();
      outbox.notify();
    },
    tryNow(service) {
      if (service !== 'lastfm' || !client) return;
      client.blockedUntil = 0;
      tracker.pollSoon();
      backfill.tryNow();
      scrobbles.settingsChanged();
      outbox.tryNow();
    },
    removeWithheld(service) {
      if (service === 'lastfm') tracker.removeWithheld();
    },
    readers: { lastfm: { plays: (raw) => tracker.takePlay(raw), loved: (raw) => tracker.takeLove(raw) } },
    trackerHealth: health,
    health: () => ({ tracker: health() }),
    gauges: () => [
      gauge('aime_tracker_failures', 'Polls of Last.fm that failed in a row.', tracker.status().consecutiveFailures),
    ],
  };
}

/** How Last.fm is, as one state; `refusal` is why it takes no plays although it can be read. */
function stateOf(
  status: TrackerStatus,
  hasAnswered: boolean,
  refusal: string | null,
  account: string | undefined,
): ReportedState {
  const baseState = serviceState('lastfm', {
    isConfigured: status.configured,
    isFollowing: status.running,
    isOtherUser: status.otherUser !== null,
    hasFailed: status.lastError !== null,
    isRefusing: refusal !== null,
    hasAnswered,
  });
  if (baseState.code === 'not-configured') return baseState;
  const named = {
    ...baseState,
    ...(account !== undefined && { account }),
    ...(status.withheld.length > 0 && { withheld: status.withheld }),
  };
  if (baseState.code === 'refused') return { ...named, detail: refusal ?? '', trouble: { code: 'refused' } };
  if (baseState.status !== 'attention') return named;
  return {
    ...named,
    detail: status.lastError ?? '',
    ...(baseState.code === 'failing' && status.trouble && { trouble: status.trouble }),
  };
}
