import * as v from 'valibot';
import { list, onOrOff, text, whole } from '#server/kit/settingDefinition.ts';
import { roon as shared } from '#shared/upstreams/roon.ts';
import { defineUpstream } from '../upstream.ts';

export const ROON = shared.name;

/** Where the Core is, when it cannot be found by itself, and how often everything is asked again. */
export interface RoonSettings {
  /** Address of the machine that runs the Core. Without it the Core is searched on the local network. */
  host?: string | undefined;
  /** The Core's HTTP port. Without it the Core is asked, and 9330 taken when it does not say. */
  port?: number | undefined;
  /** Seconds between two reconciling polls. Default 120. */
  pollSeconds?: number | undefined;
}

export const DEFAULT_POLL_SECONDS = 120;

export const roon = defineUpstream({
  settings: {
    'roon.host': {
      env: 'ROON_HOST',
      schema: v.pipe(text, v.regex(/^[\w.:-]{1,253}$/, 'a name or an address, without http://')),
      refusal: { code: 'setting-host' },
      inApp: true,
    },
    'roon.port': { env: 'ROON_PORT', ...whole(1, 65535), inApp: true },
    'roon.pollSeconds': {
      env: 'ROON_POLL_SECONDS',
      ...whole(1, 86_400),
      fallback: DEFAULT_POLL_SECONDS,
      inApp: true,
    },
    'roon.countRadio': { schema: onOrOff, fallback: false, inApp: true },
    'roon.hiddenZones': { schema: list, fallback: [], inApp: true },
    'roon.zoneNames': {
      schema: v.pipe(
        v.record(v.string(), v.string()),
        v.check((names) => !Array.isArray(names), 'names by their zones'),
      ),
      fallback: {},
      inApp: true,
    },
  },
  // Its pictures come over the connection to the Core.
  pictureOrigins: [],
  pictureHosts: [],
});
