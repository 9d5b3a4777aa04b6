import * as v from 'valibot';
import { defineEndpoint } from './contract.ts';
import { SETTING_ERRORS } from './errorGroups.ts';

const Source = v.picklist(['default', 'file', 'app', 'environment']);
/** All settings with where each comes from; of secrets only whether they are set. */
export const SettingsAnswer = v.object({
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
export type SettingsAnswer = v.InferOutput<typeof SettingsAnswer>;

const Changes = v.record(v.string(), v.unknown());

export const getSettings = defineEndpoint({
  operationId: 'getSettings',
  method: 'get',
  path: '/settings',
  tag: 'Settings',
  summary: 'All settings with where each comes from; of secrets only whether they are set',
  answers: { 200: SettingsAnswer },
});

export const changeSettings = defineEndpoint({
  operationId: 'changeSettings',
  method: 'put',
  path: '/settings',
  errors: ['setting-secret', ...SETTING_ERRORS],
  tag: 'Settings',
  summary: 'Change settings, all of them or none',
  body: Changes,
  answers: { 200: SettingsAnswer },
});

export const changeSecrets = defineEndpoint({
  operationId: 'changeSecrets',
  method: 'put',
  path: '/settings/secrets',
  errors: ['setting-not-secret', ...SETTING_ERRORS],
  tag: 'Settings',
  summary: 'Write keys and tokens to the secrets file; they are never read back',
  body: Changes,
  answers: { 200: SettingsAnswer },
});
