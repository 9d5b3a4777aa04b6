import { Redacted } from '#server/kit/redacted.ts';
import {
  type ChatRequest,
  createEuriaClient,
  type EuriaClient,
  type EuriaSettings,
} from '#server/upstreams/euria/index.ts';
import { ImpatientClock } from '#tests/kit/impatientClock.ts';
import {
  DEFAULT_MODELS,
  type EuriaSimulator,
  type EuriaSimulatorOptions,
  startEuriaSimulator,
} from '#tests/simulators/euria/index.ts';
import { PATIENT_MS } from './outcomes.ts';
import { type UpstreamFixture, upstreamFixture } from './upstreamFixture.ts';

const TOKEN = 'eu-token-9f8e7d6c5b';
export const FULL_TOKENS = 900;

export const CHAT_REQUEST: ChatRequest = {
  messages: [
    { role: 'system', content: 'Answer in English.' },
    { role: 'user', content: 'Write a haiku and a summary.\nArtist: Ada Nordlund\nAlbum: Harbour Lights' },
  ],
  maxTokens: FULL_TOKENS,
  temperature: 0.4,
};

export const SCHEMA = {
  type: 'object',
  properties: {
    haiku: { type: 'string' },
    summary: { type: 'string' },
    film: {
      anyOf: [{ type: 'null' }, { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] }],
    },
  },
  required: ['haiku', 'summary', 'film'],
  additionalProperties: false,
};

/** A simulated EurIA with models of every habit, and clients that ask it. */
export type EuriaFixture = UpstreamFixture<EuriaSimulator, EuriaSettings, EuriaClient>;

export async function openEuriaFixture(options: EuriaSimulatorOptions = {}): Promise<EuriaFixture> {
  const clock = new ImpatientClock();
  const models = [
    ...DEFAULT_MODELS,
    { name: 'stubborn', thinks: true, refusesEffort: true },
    { name: 'plain-speaker', refusesSchema: true },
    { name: 'old-timer', oldTokensName: true },
    { name: 'fencer', shape: 'a fence' as const },
    { name: 'in-parts', shape: 'parts' as const },
    { name: 'refuser', refuses: 'I would rather not.' },
  ];
  const sim = await startEuriaSimulator({ token: TOKEN, models, now: () => clock.now(), ...options });
  return upstreamFixture({ sim, clock, name: 'EurIA', secrets: [TOKEN] }, (settings, options) =>
    createEuriaClient({
      settings: {
        url: sim.url,
        token: new Redacted(TOKEN),
        model: 'mistralai/Mistral-Small-4-119B-2603',
        ...settings,
      },
      ...options,
      streamTimeoutMs: PATIENT_MS,
    }),
  );
}
