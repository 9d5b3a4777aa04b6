/** What a note or name was before, and what became of a word that gave way to another. */
export default {
  'history.open': { one: '{n} earlier note', other: '{n} earlier notes' },
  'history.openNames': { one: '{n} earlier name', other: '{n} earlier names' },
  'history.notes': 'Earlier notes',
  'history.names': 'Earlier names',
  'history.putBack': 'Put back',
  'history.putBackThis': 'Put back: {text}',
  'history.here': 'Written on this device.',
  'history.elsewhere': 'Written on another device.',
  'history.why.replaced': 'It was rewritten.',
  'history.why.conflict': 'A later one, written elsewhere, took its place.',
  'history.why.outdone': 'It arrived after a later one.',
  'history.why.merged': 'Its record became part of this one.',
  'history.why.removed': 'Its listen was removed.',
  'history.why.kept': 'It was changed elsewhere while it was deleted here.',
  'history.why.deleted': 'It was deleted elsewhere later.',

  'gaveWay.title': 'Replaced by something later',
  'gaveWay.note': 'Your note “{text}” on {title} was replaced by a later one. It is kept among the earlier notes.',
  'gaveWay.merged': 'Two records became one. Your note “{text}” is kept among the earlier notes of {title}.',
  'gaveWay.rating': 'Two records became one. Your rating is kept among the earlier notes of {title}.',
  'gaveWay.removed': 'Your note “{text}” was removed with its listen.',
  'gaveWay.name':
    'The playlist you named “{text}” has a later name now: {title}. Yours is kept among its earlier names.',
  'gaveWay.stays': 'You deleted the playlist “{text}”, but it was changed on another device meanwhile. So it stays.',
  'gaveWay.deleted': 'Your change to the playlist “{text}” came too late: it was deleted on another device.',
} as const;
