import { answerOf } from './answer.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { NameIndex } from './nameIndex.ts';
import { NameReader } from './names.ts';

/** Milliseconds without new names before the index is put in order. */
const QUIET = 200;

const index = new NameIndex();
const reader = new NameReader(index);
let settling: ReturnType<typeof setTimeout> | undefined;

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.ask === 'set') {
    reader.read(data.lines);
    clearTimeout(settling);
    settling = setTimeout(() => index.settle(), QUIET);
  } else if (data.ask === 'remove') reader.remove(data.kind, data.ids);
  else {
    const answer: FromWorker = { number: data.number, answer: answerOf(index, data.query, data.limit) };
    postMessage(answer);
  }
});
