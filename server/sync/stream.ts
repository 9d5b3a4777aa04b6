import { collectionNames } from '#shared/sync/collections.ts';
import { PROTOCOL } from '#shared/sync/protocol.ts';
import type { StreamEvent } from '#shared/sync/stream.ts';
import { nowSeconds, type Clock } from '../kit/clock.ts';
import type { Hub } from '../events/hub.ts';
import type { Library } from '../library/api/library.ts';

const HEARTBEAT_MS = 15_000;
/** A reader this many events behind is disconnected; it comes back with its last id and misses nothing. */
const MOST_WAITING = 1_000;

export interface StreamOptions {
  library: Library;
  hub: Hub;
  clock: Clock;
  /** What a fresh connection should know at once. */
  greeting: () => StreamEvent[];
}

/**
 * Live events as server-sent events. Every event's id is `epoch:seq`, so that a reader resumes where it was cut off.
 *
 * @param lastEventId the id of the last event that the reader has.
 */
export function eventStream({ library, hub, clock, greeting }: StreamOptions, lastEventId?: string): Response {
  const from = parseEventId(lastEventId);
  const text = new TextEncoder();
  let release = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (event: StreamEvent) => {
          if ((controller.desiredSize ?? 0) <= 0) {
            release();
            controller.close();
            return;
          }
          const id = `${library.feed.epoch}:${library.feed.lastSeq()}`;
          controller.enqueue(text.encode(`id: ${id}\nevent: ${event.event}\ndata: ${JSON.stringify(event.data)}\n\n`));
        };
        const unsubscribe = hub.subscribe(send);
        // An interval: it waits for nothing, and a beat that falls behind is no failure.
        const beat = setInterval(() => {
          // Whoever does not read is disconnected at the next event.
          if ((controller.desiredSize ?? 0) > 0) controller.enqueue(text.encode(': still here\n\n'));
        }, HEARTBEAT_MS);
        const disconnect = hub.connect(() => {
          release();
          controller.close();
        });
        release = () => {
          unsubscribe();
          disconnect();
          clearInterval(beat);
        };
        const { epoch } = library.feed;
        const { clock: serverTime, latest: latestTime } = library.time();
        send({
          event: 'hello',
          data: {
            epoch,
            libraryId: library.life.libraryId,
            serverTime,
            latestTime,
            protocol: PROTOCOL,
            at: nowSeconds(clock),
          },
        });
        for (const collection of collectionNames) {
          const seq = library.feed.lastSeqOf(collection);
          if (from?.epoch !== epoch || seq > from.seq) send({ event: 'resync', data: { collection, seq, epoch } });
        }
        for (const event of greeting()) send(event);
      },
      cancel: () => release(),
    },
    { highWaterMark: MOST_WAITING },
  );
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    },
  });
}

function parseEventId(id: string | undefined): { epoch: string; seq: number } | null {
  const match = /^(.+):(\d+)$/.exec(id ?? '');
  return match ? { epoch: match[1]!, seq: Number(match[2]) } : null;
}
