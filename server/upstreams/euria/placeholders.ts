import type { ChatRequest } from './dialect.ts';
import { isRecord } from './jsonSchema.ts';

/** What stands for words that are still to be written: the types of JSON, and what examples are filled with. */
const STAND_INS = new Set([
  'string',
  'text',
  'null',
  'none',
  'n/a',
  'tbd',
  'todo',
  'lorem ipsum',
  'example',
  'your text here',
  'your text',
]);
const AROUND = /^[\s<[({"'“«]+|[\s>\])}"'”».…]+$/gu;

/** All instructions about the form of a model's answer: what it repeats of them is no answer. */
export const instructionsIn = ({ messages, schema }: Pick<ChatRequest, 'messages' | 'schema'>): string =>
  plain(
    [
      ...messages.flatMap(({ role, content }) => (role === 'system' ? [content] : [])),
      ...(schema ? [JSON.stringify(schema)] : []),
    ].join('\n'),
  );

/**
 * Whether an object holds anything that was written for it, and not only an example's placeholders: "…", a member's own name, or the
 * words in which it was asked for. Where it has no texts at all, any number is content.
 *
 * @param instructions as `instructionsIn` gives it.
 */
export function saysSomething(value: Record<string, unknown>, instructions = ''): boolean {
  const { texts, others } = leavesOf(value);
  return texts.length > 0 ? texts.some(([name, text]) => isContent(name, text, instructions)) : others > 0;
}

function isContent(name: string, text: string, instructions: string): boolean {
  const content = plain(text).replaceAll(AROUND, '');
  return (
    /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(content) &&
    content !== plain(name) &&
    !STAND_INS.has(content) &&
    !instructions.includes(content)
  );
}

/** Line breaks written out are spaces like any other. */
const plain = (text: string): string =>
  text
    .replaceAll(/(?:\s|\\+n|\\)+/g, ' ')
    .trim()
    .toLowerCase();

function leavesOf(root: Record<string, unknown>): { texts: [name: string, text: string][]; others: number } {
  const texts: [string, string][] = [];
  let others = 0;
  const open: [string, unknown][] = [['', root]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [name, value] = next;
    if (typeof value === 'string') texts.push([name, value]);
    else if (Array.isArray(value)) for (const each of value) open.push([name, each]);
    else if (isRecord(value)) for (const each of Object.entries(value)) open.push(each);
    else if (value !== null) others += 1;
  }
  return { texts, others };
}
