import { expect, onTestFinished } from 'vitest';
import type { Progress } from '#shared/sync/stream.ts';
import { until } from '#tests/kit/serverProcess.ts';
import { asksEuria } from '#tests/kit/serviceSettings.ts';
import {
  type EuriaQuestion,
  type EuriaSimulator,
  type EuriaSimulatorOptions,
  startEuriaSimulator,
} from '#tests/simulators/euria/index.ts';
import { openTestApp, type TestApp } from './testApp.ts';

export interface Playlist {
  id: string;
  name: string;
  state: string;
  failure: string | null;
  aiPrompt: string;
  trackCount: number;
  dropped?: number;
  tracks?: { id: number; title: string; reason?: string; artists: { name: string }[] }[];
}
export interface Offer {
  id: number;
  title: string;
  artists: string[];
}

export const UNTIL = Date.parse('2026-02-20T19:00:00Z') / 1000;
export const offered = ({ messages }: EuriaQuestion): { wish: string; tracks: Offer[] } =>
  JSON.parse(messages.at(-1)!.content) as never;
export const choose = (asked: EuriaQuestion, many: number) =>
  offered(asked)
    .tracks.slice(0, many)
    .map(({ id, title }) => ({ id, reason: `Because of ${title}` }));

export async function openWithEuria(
  options: EuriaSimulatorOptions = {},
  language: Record<string, string> = { EURIA_LANGUAGE: 'en' },
): Promise<{ app: TestApp; euria: EuriaSimulator; environment: Record<string, string> }> {
  const euria = await startEuriaSimulator({ requestsPerMinute: 10_000, ...options });
  onTestFinished(() => euria.close());
  const environment = {
    ...asksEuria(euria),
    ...language,
  };
  const app = await openTestApp(environment);
  // Words about albums are not to be asked for meanwhile: none of them is new.
  app.library.states.set('enrichment-newcomers', {
    albums: Number.MAX_SAFE_INTEGER,
    artists: Number.MAX_SAFE_INTEGER,
  });
  return { app, euria, environment };
}

export const createPlaylist = async (app: TestApp, body: object): Promise<Playlist> => {
  const answer = await app.ask('POST', '/playlists/generate', { algorithm: 'ai', ...body });
  expect(answer.status, answer.text).toBe(202);
  return answer.json;
};
export const outcome = (app: TestApp, id: string) =>
  until(
    'the outcome',
    () => app.ask('GET', `/playlists/${id}`),
    ({ status }) => status !== 202,
  );
export const progressOf = (events: { event: string; data: unknown }[], id: string) =>
  events
    .filter(({ event }) => event === 'progress')
    .map(({ data }) => data as Progress)
    .filter(({ work }) => work === `playlist:${id}`);
