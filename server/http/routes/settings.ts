import * as v from 'valibot';
import type { Config } from '../../config.ts';
import { HttpError } from '../httpError.ts';
import { defineRoute } from '../route.ts';
import { SETTING_ERRORS } from '../routeErrors.ts';

const Source = v.picklist(['default', 'file', 'app', 'environment']);
const SettingsAnswer = v.object({
  /** `flaw`: why the value that was chosen in the app is not used, in words. */
  values: v.record(
    v.string(),
    v.object({
      value: v.unknown(),
      source: Source,
      readOnlyReason: v.optional(v.string()),
      fixedBy: v.optional(v.string()),
      flaw: v.optional(v.string()),
    }),
  ),
  secrets: v.record(
    v.string(),
    v.object({
      set: v.boolean(),
      source: Source,
      readOnlyReason: v.optional(v.string()),
      fixedBy: v.optional(v.string()),
    }),
  ),
});
const Changes = v.record(v.string(), v.unknown());

export const settingsRoutes = (config: Config) => {
  const change = (changes: Record<string, unknown>, secret: boolean) => {
    const { secrets } = config.describe();
    for (const key of Object.keys(changes)) {
      if (Object.hasOwn(secrets, key) !== secret)
        throw new HttpError(
          { code: secret ? 'setting-not-secret' : 'setting-secret', params: { setting: key } },
          { field: key },
        );
    }
    config.change(changes);
    return config.describe();
  };
  return [
    defineRoute({
      method: 'get',
      path: '/settings',
      tag: 'Settings',
      summary: 'All settings with where each comes from; of secrets only whether they are set',
      answer: SettingsAnswer,
      handle: () => config.describe(),
    }),
    defineRoute({
      method: 'put',
      path: '/settings',
      errors: ['setting-secret', ...SETTING_ERRORS],
      tag: 'Settings',
      summary: 'Change settings, all of them or none',
      body: Changes,
      answer: SettingsAnswer,
      handle: ({ body }) => change(body, false),
    }),
    defineRoute({
      method: 'put',
      path: '/settings/secrets',
      errors: ['setting-not-secret', ...SETTING_ERRORS],
      tag: 'Settings',
      summary: 'Write keys and tokens to the secrets file; they are never read back',
      body: Changes,
      answer: SettingsAnswer,
      handle: ({ body }) => change(body, true),
    }),
  ];
};
