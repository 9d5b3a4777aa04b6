import * as v from 'valibot';

/** Where the Core is, when it cannot be found by itself, and how often everything is asked again. */
export const roonSettings = v.object({
  /** Address of the machine that runs the Core. Without it the Core is searched on the local network. */
  host: v.optional(
    v.pipe(v.string(), v.trim(), v.regex(/^[\w.:-]{1,253}$/, 'host: a name or an address, without http://')),
  ),
  /** The Core's HTTP port. Without it the Core is asked, and 9330 taken when it does not say. */
  port: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535))),
  /** Seconds between two reconciling polls. */
  pollSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(10), v.maxValue(3600)), 120),
});

export type RoonSettings = v.InferInput<typeof roonSettings>;

/** The environment's names for these settings. */
export const roonEnvironment = {
  host: 'ROON_HOST',
  port: 'ROON_PORT',
  pollSeconds: 'ROON_POLL_SECONDS',
} as const satisfies Record<keyof RoonSettings, string>;
