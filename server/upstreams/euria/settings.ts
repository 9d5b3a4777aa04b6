import * as v from 'valibot';
import { httpUrl, onOrOff, text, whole } from '#server/kit/settingDefinition.ts';
import { euria as shared } from '#shared/upstreams/euria.ts';
import { defineUpstream } from '../upstream.ts';
import type { Redacted } from '#server/kit/redacted.ts';

export interface EuriaSettings {
  /**
   * The base to which `/chat/completions` is added. Infomaniak: https://api.infomaniak.com/2/ai/PRODUCT/openai/v1;
   * any service that speaks OpenAI's chat completions will do, a local one too (http://localhost:11434/v1).
   */
  url: string;
  /** A local model needs none. */
  token?: Redacted | undefined;
  model: string;
}

export const EURIA = shared.name;

export const euria = defineUpstream({
  settings: {
    'euria.url': { env: 'EURIA_URL', ...httpUrl, inApp: true },
    'euria.token': { env: 'EURIA_TOKEN', schema: text, secret: true, inApp: true },
    'euria.model': {
      env: 'EURIA_MODEL',
      schema: v.pipe(text, v.minLength(1)),
      fallback: 'mistral-large-latest',
      inApp: true,
    },
    'euria.language': { env: 'EURIA_LANGUAGE', schema: v.pipe(text, v.minLength(2), v.maxLength(35)), inApp: true },
    /** Whether it writes about albums by itself. A service that is paid for is not asked without a person's word. */
    'euria.background': { schema: onOrOff, fallback: false, inApp: true },
    /** Texts a day that it writes by itself, at most. */
    'euria.dailyCap': { ...whole(0, 100_000), fallback: 200, inApp: true },
    /** Texts a day that people ask for, at most. */
    'euria.askedCap': { ...whole(0, 100_000), fallback: 200, inApp: true },
  },
  pictureOrigins: [],
  pictureHosts: [],
});
