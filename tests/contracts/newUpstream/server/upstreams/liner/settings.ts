import type { Redacted } from '#server/kit/redacted.ts';
import { httpUrl, text } from '#server/kit/settingDefinition.ts';
import { defineUpstream } from '#server/upstreams/upstream.ts';
import { liner as shared } from '#shared/upstreams/liner.ts';

/** What its client is created with. */
export interface LinerSettings {
  url: string;
  token: Redacted;
}

export const LINER = shared.name;

export const liner = defineUpstream({
  settings: {
    'liner.url': { env: 'LINER_URL', ...httpUrl, fallback: 'https://api.liner.example' },
    'liner.token': { env: 'LINER_TOKEN', schema: text, secret: true, inApp: true },
  },
  pictureOrigins: ['liner.url'],
  pictureHosts: ['pictures.liner.example'],
});
