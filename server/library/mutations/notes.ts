import type { Core } from '../core.ts';
import { forgetRevision, keepRevision, lastWord, type Written } from '../documents/revisions.ts';
import type { Arrival, Outcome } from './definition.ts';
import { isBlank } from '#shared/text/blank.ts';

/** What a mutation says that writes a note. */
interface NoteMutation {
  note: string;
  before?: string | undefined;
}

/** Where the note of one kind of thing is. */
export interface NotePlace<M extends NoteMutation> {
  /** The history that it has. @throws {Refusal} where the thing is not there. */
  history(core: Core, mutation: M): string;
  /** What is shown of it; '' for none. @throws {Refusal} where the thing is not there. */
  shown(core: Core, mutation: M): string;
}

/** An emptied note is none. */
export const storedNote = (note: string): string | null => (isBlank(note) ? null : note);

/** A note that came after a later one: it is stored in the history. @returns what the result says of it. */
export function keepSuperseded<M extends NoteMutation>(
  core: Core,
  place: NotePlace<M>,
  mutation: M,
  { document: { deviceId, madeAt }, conflictKey }: Arrival,
): Pick<Outcome, 'outdone' | 'kept'> {
  const shown = place.shown(core, mutation);
  if (isBlank(mutation.note) || mutation.note === shown) return { outdone: true };
  // Superseded by a later one of the same device: nobody is to be notified.
  const isOwn = authorOf(core, conflictKey)?.deviceId === deviceId;
  keepRevision(
    core,
    place.history(core, mutation),
    { text: mutation.note, deviceId, writtenAt: madeAt },
    isOwn ? 'replaced' : 'outdone',
  );
  return { outdone: true, ...(!isOwn && { kept: 'history' }) };
}

/**
 * Writes a note, and keeps the one that it takes the place of: `conflict` when whoever wrote this one had not seen it.
 *
 * @param write puts the new one in its place.
 */
export function keepReplaced<M extends NoteMutation, T>(
  core: Core,
  place: NotePlace<M>,
  mutation: M,
  { document: { deviceId }, conflictKey }: Arrival,
  write: () => T,
): T {
  const before = place.shown(core, mutation);
  const author = authorOf(core, conflictKey);
  const effect = write();
  const history = place.history(core, mutation);
  if (before !== '' && before !== mutation.note) {
    // A device's own earlier note was seen where it was written, whatever this one says that it took the place of.
    const unseen =
      author?.deviceId !== deviceId &&
      (mutation.before === undefined ? author !== undefined : mutation.before !== before);
    const written: Written = { text: before, deviceId: author?.deviceId ?? null, writtenAt: author?.madeAt ?? null };
    keepRevision(core, history, written, unseen ? 'conflict' : 'replaced');
  }
  forgetRevision(core, history, mutation.note);
  return effect;
}

const authorOf = (core: Core, conflictKey: string | null) =>
  conflictKey === null ? undefined : lastWord(core, conflictKey);
