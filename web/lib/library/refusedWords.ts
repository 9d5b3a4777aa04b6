import type { Intent } from '#shared/sync/intents.ts';

/** What a person wrote in a mutation: it is told with the refusal, because it may stand nowhere else any more. '' for none. */
export function wordsOf(intent: Intent): string {
  switch (intent.kind) {
    case 'note-album':
    case 'note-listen':
      return intent.note;
    case 'alias-artist':
      return intent.name;
    case 'add-record':
      return [
        `${intent.artists.join(', ')} – ${intent.title}${intent.year ? ` (${intent.year})` : ''}`,
        ...(intent.tracks ?? []),
      ].join('\n');
    case 'log-named':
      return [
        [intent.artist, intent.album].filter((name) => name !== undefined).join(' – '),
        ...intent.tracks.map(({ title }) => title),
      ].join('\n');
    default:
      return '';
  }
}
