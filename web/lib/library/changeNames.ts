import type { Intent, IntentDocument } from '#shared/sync/intents.ts';
import type { MutationTarget } from '#shared/sync/targets.ts';

type AddRecord = Extract<Intent, { kind: 'add-record' }>;
type LogNamed = Extract<Intent, { kind: 'log-named' }>;

/**
 * What a mutation is about, in names: as it was shown when the person did it, so that it can be told of what is gone by now; else as
 * another mutation of this device or the library names it. '' where nobody knows.
 *
 * @param own the mutations of this device: what it made itself goes by names of its own until the server has it.
 * @param named what the library calls it now.
 */
export function aboutOf(
  document: IntentDocument,
  own: Iterable<IntentDocument>,
  named: (intent: Intent) => readonly MutationTarget[],
): string {
  const { intent, targets = [] } = document;
  return inNames(targets) || inNames(madeHere(intent, own)) || inNames(named(intent));
}

function inNames(targets: readonly MutationTarget[]): string {
  const tracks = targets.filter((target) => target.kind === 'track');
  const [first] = tracks;
  // A side of a record is told by the record.
  if (first?.album && tracks.length > 1 && tracks.every(({ album }) => album === first.album))
    return line(first.album, first.artist);
  const names = targets.flatMap((target) => {
    if (target.kind === 'artist') return target.name;
    return 'title' in target ? line(target.title, target.artist) : [];
  });
  return names.filter((name) => name !== '').join(', ');
}

const line = (title: string, artist: string): string => [title, artist].filter((name) => name !== '').join(' – ');

/** What this device itself wrote down, or logged. */
function madeHere(intent: Intent, own: Iterable<IntentDocument>): readonly MutationTarget[] {
  switch (intent.kind) {
    case 'add-record':
      return [asTarget(intent)];
    case 'log-named':
      return [loggedAs(intent)];
    case 'remove-record':
      return recordsOf([intent.alias], own);
    case 'rate-album':
    case 'note-album':
    case 'choose-cover':
      return recordsOf([intent.albumId], own);
    case 'merge-albums':
    case 'split-album':
      return recordsOf([intent.from, intent.into], own);
    case 'remove-listens':
    case 'move-needle':
      for (const { intent: other, targets = [] } of own) {
        if (other.kind === 'add-listens' && other.group === intent.group) return targets;
        if (other.kind === 'log-named' && other.group === intent.group) return [loggedAs(other)];
      }
      return [];
    default:
      return [];
  }
}

function recordsOf(aliases: readonly string[], own: Iterable<IntentDocument>): MutationTarget[] {
  const records = [...own].flatMap(({ intent }) => (intent.kind === 'add-record' ? intent : []));
  return aliases.flatMap((alias) => {
    const record = records.find((each) => each.alias === alias);
    return record ? asTarget(record) : [];
  });
}

const loggedAs = ({ group, artist, album, tracks }: LogNamed): MutationTarget => ({
  kind: 'album',
  id: group,
  title: album ?? tracks[0]!.title,
  artist,
});

const asTarget = ({ alias, title, artists }: AddRecord): MutationTarget => ({
  kind: 'album',
  id: alias,
  title,
  artist: artists[0] ?? '',
});
