import { copyAndCheck, type CopyFacts } from './backup.ts';

/** What the process that copies says on its standard output, as JSON. */
export type CopyAnswer = { facts: CopyFacts } | { failure: { message: string; code?: string } };

/** `node … SOURCE PARTIAL`: a process of its own, so that the server goes on answering, and can be ended at any moment. */
const [source = '', partial = ''] = process.argv.slice(2);

function answer(): CopyAnswer {
  try {
    return { facts: copyAndCheck(source, partial) };
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    return { failure: { message, ...(code === undefined ? {} : { code }) } };
  }
}

process.stdout.write(JSON.stringify(answer()));
