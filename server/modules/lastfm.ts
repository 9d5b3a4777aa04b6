import { serviceState } from '#shared/library/serviceStates.ts';
import { testService, type ServiceTest } from '../kit/http/testService.ts';
import { LastfmBackfill } from '../trackers/lastfm/backfill.ts';
import { ManualScrobbleTeller } from '../trackers/lastfm/manualScrobbles.ts';
import { LastfmTracker } from '../trackers/lastfm/tracker.ts';
import type { TrackerStatus } from '../trackers/lastfm/trackerState.ts';
import { isSettingOf } from '../upstreams/registry.ts';
import { createLastfmClient, type LastfmClient } from '../upstreams/lastfm/index.ts';
import { trackerHealth, type TrackerHealth } from '../health/tracker.ts';
import type { ModuleContext, Module } from './module.ts';
import type { ToldState } from './serviceBoard.ts';
import { setAsideSink } from './setAsideSink.ts';
import { gauge } from '../kit/meters/exposition.ts';

export interface LastfmModule extends Module {
  /** Null without an API key. */
  client(): LastfmClient | null;
  tracker: LastfmTracker;
  backfill: LastfmBackfill;
  /** Tells Last.fm of listens that were logged by hand. */
  manualScrobbles: ManualScrobbleTeller;
  /** Asks Last.fm once. */
  test(client: LastfmClient): Promise<ServiceTest>;
  /** Whether plays come in. */
  trackerHealth(): TrackerHealth;
}

/**
 * Last.fm: the client for the settings as they are, the tracker, the backfill, connecting an account.
 *
 * @param onTracker told when how plays come in may be otherwise.
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

  const tracker = new LastfmTracker({
    library,
    board: nowPlaying,
    clock,
    log,
    source: () => client,
    username: () => config.get('lastfm.username'),
    pollSeconds: () => config.get('lastfm.pollSeconds'),
    canTellLoves: () => library.household.get().lovesReachLastfm,
    onStatus() {
      show();
      onTracker();
    },
  });
  const teller = new ManualScrobbleTeller({
    library,
    clock,
    log,
    target: () => client,
    wanted: () => config.get('lastfm.scrobbleManual'),
    canTell: () => library.household.get().lovesReachLastfm,
    onStatus: () => show(),
  });
  const show = () =>
    services.show(stateOf(tracker.status(), tracker.hasAnswered, teller.refusal(), config.get('lastfm.username')));
  const backfill = new LastfmBackfill({
    library,
    clock,
    log,
    source: () => client,
    username: () => config.get('lastfm.username'),
    requestsPerMinute: () => config.get('lastfm.requestsPerMinute'),
    onProgress: (data) => hub.publish({ event: 'progress', data }),
  });

  config.onChange((keys) => {
    if (!keys.some((key) => isSettingOf('lastfm', key))) return;
    connect();
    tracker.resume();
    teller.resume();
    backfill.resume();
    show();
  });

  /** A love made here reaches Last.fm with the next poll; asking for one now makes it soon. */
  library.feed.subscribe((changes) => {
    // What plays at the turntable is heard without anybody's word.
    if (changes.some(({ collection }) => collection === 'intents' || collection === 'journal')) teller.tellSoon();
    if (
      library.household.get().lovesReachLastfm &&
      changes.some(({ collection }) => collection === 'intents') &&
      library.loves.untold().length > 0
    )
      tracker.pollSoon();
  });

  const health = () => trackerHealth(tracker.lag(), config.get('lastfm.pollSeconds'));

  return {
    client: () => client,
    tracker,
    backfill,
    manualScrobbles: teller,
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
          if (outcome === 'well') teller.tryAgain();
        },
      ),
    start() {
      connect();
      tracker.resume();
      teller.resume();
      backfill.resume();
      show();
    },
    async close() {
      await Promise.all([tracker.close(), teller.close(), backfill.close()]);
    },
    clockSet() {
      tracker.pollSoon();
      teller.tellSoon();
    },
    tryNow(service) {
      if (service !== 'lastfm' || !client) return;
      client.blockedUntil = 0;
      tracker.pollSoon();
      backfill.tryNow();
      teller.tryNow();
    },
    letGo(service) {
      if (service === 'lastfm') tracker.letGo();
    },
    readers: { lastfm: { plays: (raw) => tracker.takePlay(raw), loved: (raw) => tracker.takeLove(raw) } },
    trackerHealth: health,
    health: () => ({ tracker: health() }),
    gauges: () => [
      gauge('aime_tracker_failures', 'Polls of Last.fm that failed in a row.', tracker.status().consecutiveFailures),
    ],
  };
}

/** How Last.fm is, as one state; `refusal` is why it takes no plays although it is read without trouble. */
function stateOf(
  status: TrackerStatus,
  hasAnswered: boolean,
  refusal: string | null,
  account: string | undefined,
): ToldState {
  const told = serviceState('lastfm', {
    isConfigured: status.configured,
    isFollowing: status.running,
    isOtherUser: status.otherUser !== null,
    hasFailed: status.lastError !== null,
    isRefusing: refusal !== null,
    hasAnswered,
  });
  if (told.code === 'not-configured') return told;
  const named = {
    ...told,
    ...(account !== undefined && { account }),
    ...(status.withheld.length > 0 && { withheld: status.withheld }),
  };
  if (told.code === 'refused') return { ...named, detail: refusal ?? '', trouble: { code: 'refused' } };
  if (told.status !== 'attention') return named;
  return {
    ...named,
    detail: status.lastError ?? '',
    ...(told.code === 'failing' && status.trouble && { trouble: status.trouble }),
  };
}
