import * as v from 'valibot';
import {
  revisionsId,
  revisionsOf,
  type Revision,
  type RevisionsDocument,
  type RevisionSubject,
} from '#shared/library/revision.ts';
import type { Changes } from '../replica/types.ts';
import { readStored } from '../stored.ts';
import type { Signal } from './signal.ts';
import type { SupersededNotice, Histories } from './types.ts';

/** Which notices a person has read on this device; they need no server for it. */
const READ = 'aime.revisions.read';

/** A word that took another's place knowingly needs no notice. */
const needsNotice = ({ why }: Revision): boolean => why !== 'replaced';

/** What a person wrote and that is not shown any more: to be read and put back, and shown on the device that wrote it. */
export class HistoryStore implements Histories {
  readonly #signal: Signal;
  readonly #deviceId: () => string;
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'> | undefined;
  readonly #documents = new Map<string, RevisionsDocument>();

  constructor(signal: Signal, deviceId: () => string, storage: Pick<Storage, 'getItem' | 'setItem'> | undefined) {
    this.#signal = signal;
    this.#deviceId = deviceId;
    this.#storage = storage;
  }

  of(subject: RevisionSubject, id: string | number): readonly Revision[] {
    this.#signal.track();
    const { revisions } = this.#documents.get(revisionsId(subject, id)) ?? { revisions: [] };
    return revisions.filter(({ why }) => why !== 'kept');
  }

  get supersededNotices(): readonly SupersededNotice[] {
    this.#signal.track();
    const device = this.#deviceId();
    const read = this.#read();
    return [...this.#documents.values()].flatMap(({ id, revisions }) => {
      const of = revisionsOf(id);
      const own = revisions.filter(
        (revision) => revision.deviceId === device && needsNotice(revision) && !read.has(revision.id),
      );
      return of ? own.map((revision) => ({ ...revision, subject: of.subject, subjectId: of.id })) : [];
    });
  }

  dismiss(revisionId: string): void {
    // Only what is still there is worth remembering.
    const there = new Set([...this.#documents.values()].flatMap(({ revisions }) => revisions.map(({ id }) => id)));
    this.#storage?.setItem(READ, JSON.stringify([...[...this.#read()].filter((id) => there.has(id)), revisionId]));
    this.#signal.bump();
  }

  setDocuments({ documents, removed }: Changes<RevisionsDocument>): void {
    for (const id of removed) this.#documents.delete(id);
    for (const document of documents) this.#documents.set(document.id, document);
    this.#signal.bump();
  }

  #read(): Set<string> {
    return new Set(readStored(v.array(v.string()), this.#storage?.getItem(READ)));
  }
}
