import { findRecords, type Knowledge } from '../catalogue/lookup.ts';
import type { SimulatedRequest } from '../kit/exchange.ts';
import type { Fault } from '../kit/faults.ts';
import { startSimulatorServer } from '../kit/simulatorServer.ts';

export interface LinerSimulatorOptions {
  /** The only token that it takes. */
  token: string;
  /** Default: everything it is asked for. */
  knows?: Knowledge;
}

/** A simulated Liner Notes. */
export interface LinerSimulator {
  /** For `LINER_URL`. */
  readonly url: string;
  readonly requests: readonly SimulatedRequest[];
  fault(fault: Fault): void;
  close(): Promise<void>;
}

/** Starts a simulated Liner Notes on loopback. */
export const startLinerSimulator = ({ token, knows = 'everything' }: LinerSimulatorOptions): Promise<LinerSimulator> =>
  startSimulatorServer({
    handle({ path, query, headers }) {
      if (headers['authorization'] !== `Bearer ${token}`) return { status: 401, json: { error: 'Unknown token' } };
      if (path !== '/sleeves') return { status: 404, json: { error: 'No such resource' } };
      const found = findRecords(knows, { artist: query.get('artist') ?? '', title: query.get('title') ?? '' });
      return { json: { sleeves: found.map(({ artist, title, year }) => ({ artist, title, year })) } };
    },
  });

/** It answers an application that asks too often so. */
export const TOO_OFTEN: Fault = {
  kind: 'status',
  status: 429,
  headers: { 'retry-after': '90' },
  body: '{"error":"Slow down"}',
};
