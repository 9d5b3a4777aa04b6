import assert from 'node:assert/strict';
import type { RunningServer } from '#tests/kit/serverProcess.ts';
import { SeededChance } from '#tests/simulators/catalogue/random.ts';
import { type ApiOperation, apiOperations, type InventedRequest, inventedRequest, sent } from './apiRequests.ts';
import { startWithBystanders } from './bystanders.ts';
import { LARGE, poisoned, POISONS } from './inventedValues.ts';
import { stopsSound } from './journalOf.ts';
import type { StressOptions } from './stressTest.ts';
import { serverFigures } from './serverFigures.ts';
import { HELD, type Tally, together } from './tally.ts';

const AT_ONCE = 20;

/**
 * Requests made from the server's own reference and the sync schemas, a part of them spoilt, at a library that a device holds: none ends
 * the server, none is a failure of its own, and nothing changes that no request named.
 */
export async function stressFuzz({
  seed,
  requests,
  until = Infinity,
  say = () => undefined,
}: StressOptions & { requests: number }): Promise<Partial<Tally>> {
  const chance = new SeededChance(seed + 17);
  return bombarded(until, say, async (server) => {
    const operations = await apiOperations(server);
    return function* () {
      const pushes = operations.filter(({ path }) => path.endsWith('/push'));
      for (let made = 0; made < requests;) {
        const operation = chance.one(chance.happens(PUSH_SHARE) ? pushes : operations);
        if (isCostly(operation) && !chance.happens(COSTLY_SHARE)) continue;
        made += 1;
        const request = inventedRequest(operation, chance);
        yield chance.happens(0.4) ? spoilt(request, chance) : request;
      }
    };
  });
}

/** One operation among a hundred brings everything that a device can write. */
const PUSH_SHARE = 0.3;
/** Each backup is a process of its own that packs the whole library. */
const isCostly = ({ method, path }: ApiOperation) => method === 'POST' && path.endsWith('/backups');
const COSTLY_SHARE = 0.1;

/** The same with several seeds, which follow from the given one; each on a server of its own. */
export async function stressFuzzOften({
  seed,
  seeds,
  ...options
}: StressOptions & { requests: number; seeds: number }): Promise<Partial<Tally>> {
  const chance = new SeededChance(seed + 19);
  const tallies: Partial<Tally>[] = [];
  for (let number = 0; number < seeds; number += 1)
    tallies.push(await stressFuzz({ ...options, seed: chance.whole(1, 1e9) }));
  return together(tallies);
}

/** Every field of every operation in the reference, with each poison in its place. `share` takes that part of them. */
export async function stressPoison({
  seed,
  share = 1,
  until = Infinity,
  say = () => undefined,
}: StressOptions & { share?: number }): Promise<Partial<Tally>> {
  const chance = new SeededChance(seed + 18);
  return bombarded(until, say, async (server) => {
    const operations = await apiOperations(server);
    return function* () {
      for (const operation of operations) {
        const request = inventedRequest(operation, chance);
        for (const poison of [...POISONS, LARGE])
          for (const bad of everySpoilt(request, poison))
            if (chance.happens(isCostly(operation) ? share * COSTLY_SHARE : share)) yield bad;
      }
    };
  });
}

const everySpoilt = (request: InventedRequest, poison: unknown): InventedRequest[] => [
  ...Object.keys(request.parameters).map((name) => ({
    ...request,
    parameters: { ...request.parameters, [name]: poison },
  })),
  ...(request.body === null ? [] : poisoned(request.body, poison).map((body) => ({ ...request, body }))),
];

const spoilt = (request: InventedRequest, chance: SeededChance): InventedRequest => {
  const ways = everySpoilt(request, chance.one(POISONS));
  return ways.length === 0 ? request : chance.one(ways);
};

/** 502 and 503 are what other services and a locked file answer; nothing of the client's. */
const isOurFault = (status: number) => status >= 500 && status !== 502 && status !== 503;

async function bombarded(
  until: number,
  say: (line: string) => void,
  prepare: (server: RunningServer) => Promise<() => Iterable<InventedRequest>>,
): Promise<Partial<Tally>> {
  const fixture = await startWithBystanders();
  const { server } = fixture;
  try {
    const pending = (await prepare(server))()[Symbol.iterator]();
    const statuses = new Map<number, number>();
    const failures: string[] = [];
    const askOn = async () => {
      for (let next = pending.next(); !next.done && Date.now() < until; next = pending.next()) {
        const status = await sent(server, next.value);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        const { operation, parameters, body } = next.value;
        if (isOurFault(status))
          failures.push(
            `${status} ${operation.method} ${operation.path} ${JSON.stringify({ parameters, body }).slice(0, 400)}`,
          );
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, askOn));
    const isAlive = await fetch(`${server.url}/api/v1/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
    assert.ok(isAlive, `the server is gone:\n${server.output().slice(-2_000)}`);
    assert.deepEqual(failures, [], server.output().slice(-4_000));
    const figures = await serverFigures(server);
    const { lost, altered, first } = await fixture.compared();
    await stopsSound(server);
    const tried = [...statuses.values()].reduce((sum, count) => sum + count, 0);
    say(`${tried} requests: ${JSON.stringify(Object.fromEntries(statuses))}`);
    if (first.length > 0) say(`of what no request named: ${first.join('\n  ')}`);
    return { ...HELD, tried, lost, altered, serverErrors: failures.length, ...figures };
  } finally {
    await fixture.dispose();
  }
}
