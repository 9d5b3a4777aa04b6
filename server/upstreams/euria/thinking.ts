import { wellFormed } from '#shared/text/wellFormed.ts';
import { MOST_TRIES, objectEnd } from './nearlyJson.ts';

/*
 * What models write around their answer while they think. Each family has markers of its own, a template may stand in for the opening
 * one, and a limit may cut off the closing one: each is known for itself, wherever it stands.
 */
const TAG = '(?:seed:)?(?:think(?:ing)?|thoughts?|reasoning|reflection|analysis|scratchpad)';
const OPENING = [
  `<${TAG}(?:\\s[^<>]{0,80})?>`,
  '\\[THINK\\]',
  '◁think▷',
  '<\\|(?:begin_of_thought|start_thinking|inner_prefix)\\|>',
  // A channel that is not the final one: "<|channel|>analysis<|message|>", "<|channel>thought".
  '<\\|channel\\|?>\\s*(?!\\s*final)[\\w ]{1,40}(?:<\\|constrain\\|>\\s*\\w{1,20}\\s*)?(?:<\\|message\\|>|\\n|$)',
];
const CLOSING = [
  `</${TAG}\\s*>`,
  '\\[/THINK\\]',
  '◁/think▷',
  '<\\|(?:end_of_thought|end_thinking|inner_suffix)\\|>',
  '<\\|channel\\|?>\\s*final[^<]{0,40}(?:<\\|constrain\\|>\\s*\\w{1,20}\\s*)?(?:<\\|message\\|>|$)',
  '<channel\\|>',
];
/** Ends a thought and an answer alike, so that it says nothing about what came before it. */
const ENDING = ['<\\|(?:end|call)\\|>'];
const EMPTY_MARKERS = ['<\\|start\\|>\\s*(?:assistant)?', '<\\|[\\w ]{1,30}\\|>', '</?answer>'];
const DELIMITERS = new RegExp(
  [
    `(?<opening>${OPENING.join('|')})`,
    `(?<closing>${CLOSING.join('|')})`,
    `(?<ending>${ENDING.join('|')})`,
    EMPTY_MARKERS.join('|'),
    '(?<object>\\{(?=\\s*["“}]))',
  ].join('|'),
  'giu',
);

/** The same channels once a server took the markers themselves away: "analysisThe user asks…assistantfinal{…}". */
const BARE_CHANNELS = /^\s*analysis[\s\S]*?assistant\s*final\s*/;

/** The end of a text that may be the beginning of a mark, or of a letter. */
const BEGUN_MARK = /(?:<(?:[/|]?[\w:| ]{0,40})|\[(?:\/?[THINK]{0,5})|◁\/?\w{0,5}|[\ud800-\udbff])$/iu;

export interface Visible {
  text: string;
  /** There were thoughts, whatever stands after them. */
  thought: boolean;
}

/**
 * What a person should see of all that a model wrote: everything outside its thoughts. A closing mark without an opening one ends
 * thoughts that began with the text; an opening one that is not closed lasts to its end. Markers within a JSON object are
 * read with its texts (`withoutDraft`): cut out here they could take its braces with them.
 */
export function visibleText(raw: string): Visible {
  let [text, from, thinking, thought] = ['', 0, false, false];
  const bare = BARE_CHANNELS.exec(raw);
  if (bare) [from, thought] = [bare[0].length, true];
  let tries = 0;
  const delimiters = new RegExp(DELIMITERS);
  delimiters.lastIndex = from;
  for (let delimiter = delimiters.exec(raw); delimiter; delimiter = delimiters.exec(raw)) {
    const { opening, closing, ending, object } = delimiter.groups!;
    if (object !== undefined) {
      const end = thinking || tries >= MOST_TRIES ? null : objectEnd(raw, delimiter.index);
      if (end === null) tries += Number(!thinking);
      else delimiters.lastIndex = end;
      continue;
    }
    if (!thinking) text += raw.slice(from, delimiter.index);
    from = delimiters.lastIndex;
    if (closing !== undefined && !thinking) text = '';
    if (opening !== undefined || closing !== undefined) thought = true;
    if (opening !== undefined) thinking = true;
    else if (closing !== undefined || ending !== undefined) thinking = false;
  }
  if (!thinking) text += raw.slice(from);
  return { text: wellFormed(text.trim()), thought };
}

/** The same of an answer that is still being written: without an end that may become a mark. */
export const visibleSoFar = (raw: string): string => visibleText(raw.replace(BEGUN_MARK, '')).text;

/**
 * One text of an answer that is an object. What a model writes into it between the markers of its thoughts is a draft, as anywhere else; a
 * text without them stays as it is, letter by letter.
 *
 * @param isFinished false while more of it may come: what may become a mark is not shown yet.
 */
export function withoutDraft(text: string, isFinished = true): string {
  const written = isFinished ? text : text.replace(BEGUN_MARK, '');
  const visible = visibleText(written);
  return visible.thought ? visible.text : written;
}
