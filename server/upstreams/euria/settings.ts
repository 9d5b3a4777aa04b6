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

export const EURIA = 'EurIA';
