import { join } from 'node:path';
import type { RoonStatus } from '#shared/api/roon.ts';
import { serviceState } from '#shared/library/serviceStates.ts';
import { PictureError } from '../images/fetchPicture.ts';
import { isUpstreamError } from '../kit/http/upstreamError.ts';
import type { StoredImage } from '../library/api/images.ts';
import type { SettingKey } from '../settings.ts';
import { readRoonImageUrl } from '../trackers/roon/imageUrl.ts';
import { RoonTracker } from '../trackers/roon/tracker.ts';
import { createRoonClient, fileTokenStore, type RoonSettings } from '../upstreams/roon/index.ts';
import { VERSION } from '../version.ts';
import type { ModuleContext, Module } from './module.ts';
import { setAsideSink } from './setAsideSink.ts';
import type { ReportedState } from './serviceBoard.ts';
import { gauge } from '../kit/meters/exposition.ts';

const WAY_THERE: readonly SettingKey[] = ['roon.host', 'roon.port', 'roon.pollSeconds'];
const LISTENING: readonly SettingKey[] = ['roon.countRadio', 'roon.hiddenZones', 'roon.zoneNames'];
/** Large enough for every size that is shown. */
const PICTURE_SIDE = 1200;

export interface ZoneChoices {
  /** A person's own name for a zone; null for Roon's. */
  rename(id: string, name: string | null): void;
  hide(id: string, hidden: boolean): void;
}

export interface RoonModule extends Module {
  tracker: RoonTracker;
  zones: ZoneChoices;
  /** A picture of Roon's; null when it is none. */
  picture(image: StoredImage): Promise<Buffer> | null;
}

/** Roon: the client for the settings as they are, the tracker, its zones and pictures. */
export function createRoonModule({ config, library, nowPlaying, services, clock, log }: ModuleContext): RoonModule {
  const tokens = fileTokenStore(join(config.get('dataDir'), 'roon-tokens.json'), log);
  const tracker = new RoonTracker({
    library,
    board: nowPlaying,
    log,
    connect: () =>
      createRoonClient({
        settings: wayThere(config),
        clock,
        tokens,
        log,
        version: VERSION,
        onSetAside: setAsideSink(library, 'roon'),
      }),
    runsByItself: () => (config.get('roon.host') ?? '') !== '',
    listening: () => ({
      radio: config.get('roon.countRadio'),
      excluded: config.get('roon.hiddenZones'),
      names: config.get('roon.zoneNames'),
    }),
    onStatus: (status) => services.show(stateOf(status, tracker.chosen)),
  });

  config.onChange((keys) => {
    if (keys.some((key) => LISTENING.includes(key))) tracker.relisten();
    if (keys.some((key) => WAY_THERE.includes(key))) tracker.reconnect();
  });

  const change = (key: SettingKey, value: unknown) => config.change({ [key]: value });

  return {
    tracker,
    zones: {
      rename(id, name) {
        const { [id]: _former, ...others } = config.get('roon.zoneNames');
        change('roon.zoneNames', name === null ? others : { ...others, [id]: name });
      },
      hide(id, hidden) {
        const name = library.household.get().zones.find((zone) => zone.id === id)?.name;
        const others = config.get('roon.hiddenZones').filter((zone) => zone !== id && zone !== name);
        change('roon.hiddenZones', hidden ? [...others, id] : others);
      },
    },
    picture(image) {
      const known = readRoonImageUrl(image.url);
      return known && picture(tracker, known);
    },
    start: () => tracker.resume(),
    close: () => tracker.close(),
    gauges: () => [
      gauge('aime_roon_paired', 'Whether a Roon Core is paired: 1, else 0.', Number(tracker.status().paired)),
    ],
  };
}

function wayThere(config: ModuleContext['config']): RoonSettings {
  const host = config.get('roon.host');
  const port = config.get('roon.port');
  return {
    ...(host ? { host } : {}),
    ...(port === undefined ? {} : { port }),
    pollSeconds: config.get('roon.pollSeconds'),
  };
}

async function picture(tracker: RoonTracker, { coreId, key }: { coreId: string; key: string }): Promise<Buffer> {
  const asked = tracker.image(coreId, key, PICTURE_SIDE);
  if (asked === null) throw new PictureError('passing', 'The Roon Core that has this picture is not connected');
  try {
    return Buffer.from((await asked).bytes);
  } catch (error) {
    if (!isUpstreamError(error)) throw error;
    // A Core that answers, but with no picture, has none under this key any more.
    const isGone = error.kind === 'not-found' || error.kind === 'bad-request';
    throw new PictureError(isGone ? 'dead' : 'passing', error.message);
  }
}

function stateOf({ running, state, core, lastError }: RoonStatus, chosen: boolean | undefined): ReportedState {
  const baseState = serviceState('roon', {
    isFollowing: running,
    isChosen: chosen !== undefined,
    link: state,
    hasFailed: lastError !== null,
  });
  if (baseState.status === 'off') return baseState;
  return {
    ...baseState,
    ...(lastError !== null && { detail: lastError }),
    ...(core !== null && { account: core.name }),
  };
}
