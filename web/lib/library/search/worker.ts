import { answerOf } from './answer.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { NameIndex } from './nameIndex.ts';

/** Milliseconds without new names before the index is put in order. */
const QUIET = 200;

const index = new NameIndex();
let settling: ReturnType<typeof setTimeout> | undefined;

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.ask === 'set') {
    for (const item of data.items) index.set(item);
    clearTimeout(settling);
    settling = setTimeout(() => index.settle(), QUIET);
  } else if (data.ask === 'remove') for (const id of data.ids) index.remove(data.kind, id);
  else {
    const answer: FromWorker = { number: data.number, answer: answerOf(index, data.query, data.limit) };
    postMessage(answer);
  }
});
