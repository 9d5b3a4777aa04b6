import { afterEach, describe, expect, it, vi } from 'vitest';
import type { StreamEvent } from '#shared/sync/stream.ts';
import { readEvents } from './eventStream.ts';

const encoder = new TextEncoder();

/** A body that arrives in these pieces, and ends or stays open. */
function body(pieces: readonly string[], end = true): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(encoder.encode(piece));
      if (end) controller.close();
    },
  });
}

async function heardFrom(pieces: readonly string[]): Promise<StreamEvent[]> {
  const heard: StreamEvent[] = [];
  await readEvents(body(pieces), (event) => heard.push(event), new AbortController().signal);
  return heard;
}

const resync = (seq: number) => ({ collection: 'journal', seq, epoch: 'e' });

describe('the event stream', () => {
  it('reads events however they are cut, over comments, ids and unknown names', async () => {
    const text = `: hello\n\nid: e:4\nevent: resync\ndata: ${JSON.stringify(resync(4))}\n\nevent: later\ndata: {}\n\n`;
    const again = `event:resync\r\ndata:${JSON.stringify(resync(5))}\r\n\r\n`;
    for (const size of [1, 7, 1_000]) {
      const pieces = (text + again).match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
      expect(await heardFrom(pieces)).toEqual([
        { event: 'resync', data: resync(4) },
        { event: 'resync', data: resync(5) },
      ]);
    }
  });

  it('puts several data lines together', async () => {
    expect(
      await heardFrom(['event: resync\ndata: {"collection":"journal",\ndata: "seq":1,"epoch":"e"}\n\n']),
    ).toHaveLength(1);
  });

  it('drops an event that the end cuts off', async () => {
    expect(await heardFrom(['event: resync\ndata: {"coll'])).toEqual([]);
  });

  it.each([
    ['of the wrong shape', '{"collection":7}'],
    ['that is no JSON', '{"collection'],
  ])('fails for data %s', async (_what, data) => {
    await expect(heardFrom([`event: resync\ndata: ${data}\n\n`])).rejects.toMatchObject({ kind: 'bad-answer' });
  });
});

describe('a stream that stops speaking', () => {
  afterEach(() => vi.useRealTimers());

  it('is given up after a minute without a sign', async () => {
    vi.useFakeTimers();
    const reading = readEvents(body([': here\n\n'], false), () => undefined, new AbortController().signal);
    const failed = expect(reading).rejects.toMatchObject({ kind: 'network' });
    await vi.advanceTimersByTimeAsync(61_000);
    await failed;
  });
});
