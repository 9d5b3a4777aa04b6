import type { ErrorKind } from './errors.ts';

type Registered = readonly [kind: ErrorKind, message: string];

/**
 * Every case of an error answer: its kind, and its message for whoever reads the API, with the names of its `params` in braces. Pages
 * know the codes and the params by it, and have words of their own for each, in each of their languages.
 */
export const errorCodes = {
  // The request itself
  'unknown-field': ['bad-request', 'There is no such field here'],
  'bad-value': ['bad-request', 'The value cannot be this'],
  'given-twice': ['bad-request', '{name} was given {times} times'],
  'not-json': ['bad-request', 'The body is not valid JSON'],
  'cut-off': ['bad-request', 'The body did not arrive whole'],
  'too-deep': ['bad-request', 'The body is nested deeper than {most}'],
  'body-too-large': ['too-large', 'The body is larger than {size}'],
  'too-many-values': ['too-large', 'The body holds more than {most} values'],
  'too-many-names': ['too-large', 'The body holds more than {most} lists, objects and names'],
  'too-many-rows': ['too-large', 'The body holds more than {most} rows'],
  'unknown-path': ['not-found', 'There is nothing at {path}'],
  internal: ['internal', 'Something went wrong on the server; its log says what'],

  // Who may
  'sign-in': ['unauthorized', 'This needs the access token of this server'],
  'wrong-token': ['unauthorized', 'That is not the access token of this server'],
  'localhost-only': ['forbidden', 'Without an access token this server answers to localhost only, not to {host}'],
  'foreign-page': ['forbidden', 'Another web site may not change anything here'],

  // When
  busy: ['unavailable', 'Too much is being done at once; try again'],
  starting: ['unavailable', 'The server is starting; the library is being opened'],
  migrating: ['unavailable', 'The server is starting; an update changes the library, which may take minutes'],
  stopping: ['unavailable', 'The server is stopping'],
  'database-busy': [
    'unavailable',
    'Another program is writing to the library and has not finished; nothing can be changed until it has',
  ],
  'disk-full': [
    'unavailable',
    'The disk that holds the library is full; nothing can be changed until there is room again',
  ],
  'disk-failing': ['unavailable', 'The disk that holds the library cannot be written to at the moment'],

  // What is not there
  'unknown-album': ['not-found', 'There is no album {id}'],
  'unknown-artist': ['not-found', 'There is no artist {id}'],
  'unknown-listen': ['not-found', 'There is no listen {id}'],
  'unknown-playlist': ['not-found', 'There is no playlist {id}'],
  'unknown-place': ['not-found', 'There is no place {entry} in this playlist'],
  'unknown-image': ['not-found', 'There is no image {id}'],
  'picture-gone': ['not-found', 'The picture is no longer there'],
  'picture-passing': ['upstream', 'The picture cannot be fetched at the moment'],
  'unknown-job': ['not-found', 'There is no job {id}'],
  'unknown-zone': ['not-found', 'There is no zone {id}'],
  'unknown-backup': ['not-found', 'There is no backup {name}'],
  'unknown-archive': ['not-found', 'There is no archive {name}'],
  'unknown-release': ['not-found', 'Discogs has no release {id}'],
  'no-restore': ['not-found', 'There is no restore of {name}'],
  'unknown-collection': ['not-found', 'There is no collection {name}'],
  'unknown-track': ['bad-request', 'There is no track {id}'],

  // Periods
  'to-before-from': ['bad-request', 'to: must not come before from'],
  'period-or-range': ['bad-request', 'Give either a period or from and to'],
  'date-without-period': ['bad-request', 'date: needs a period of a day, week, month or year'],

  // Settings
  'unknown-setting': ['bad-request', 'There is no setting {setting}'],
  'setting-at-start': ['bad-request', '{setting} cannot be changed in the app'],
  'setting-fixed': ['bad-request', '{setting} is set by the environment ({variable})'],
  'setting-secret': ['bad-request', '{setting} is a secret: send it to /settings/secrets'],
  'setting-not-secret': ['bad-request', '{setting} is not a secret'],
  'setting-whole': ['bad-request', 'Expected a whole number from {least} to {most}'],
  'setting-address': ['bad-request', 'Expected an http or https address'],
  'setting-contact': ['bad-request', 'Expected an e-mail address or a web page'],
  'setting-host': ['bad-request', 'Expected a name or an address, without http://'],
  'setting-time-zone': ['bad-request', 'Expected an IANA time zone such as Europe/Zurich'],
  'setting-value': ['bad-request', 'The setting cannot have this value'],
  'schedule-fields': ['bad-request', 'schedule: expected five fields: minute hour day month weekday'],
  'schedule-unreadable': ['bad-request', 'schedule: it cannot be read'],
  'schedule-never': ['bad-request', 'schedule: it never falls due'],

  // Services
  'lastfm-not-connected': ['conflict', 'Last.fm is not connected yet: enter a user name and an API key in Settings'],
  'lastfm-key-missing': ['bad-request', 'Enter a Last.fm API key first'],
  'discogs-not-connected': [
    'conflict',
    'Discogs is not connected yet: enter a personal token in Settings, or connect an account',
  ],
  'discogs-token-needed': [
    'conflict',
    'Searching Discogs needs a personal token or a connected account: a name alone reads the collection',
  ],
  'discogs-consumer-missing': ['bad-request', 'Enter the application’s consumer key and secret first'],
  'euria-not-connected': ['conflict', 'EurIA is not connected: enter its address in Settings'],
  'roon-not-found': ['upstream', 'No Roon Core answers on this network'],
  'plays-not-written': ['unavailable', 'Plays cannot be written at the moment'],
  'roon-not-connected': ['conflict', 'No Roon Core is connected'],
  'connection-too-old': ['bad-request', 'This connection was begun too long ago: begin it again'],
  'nothing-to-look-for': ['bad-request', 'Give a barcode or words to look for'],
  'service-unreachable': ['upstream', '{service} could not be reached'],
  'service-timeout': ['upstream', '{service} did not answer in time'],
  'service-rate-limited': ['upstream', '{service} was asked too often'],
  'service-resting': ['upstream', '{service} failed repeatedly, and is left alone for a while'],
  'service-refused': ['upstream', '{service} does not accept the credentials'],
  'service-not-found': ['upstream', '{service} does not know what was asked for'],
  'service-bad-request': ['upstream', '{service} does not take what was asked'],
  'service-malformed': ['upstream', '{service} answered something that cannot be read'],
  'service-broken': ['upstream', '{service} has trouble of its own'],
  'lastfm-uncounted': ['upstream', 'Last.fm does not say how many plays there are'],
  'lastfm-short': ['upstream', 'Last.fm counts {total} plays and listed {seen} of them'],
  'service-not-connected': ['upstream', '{service} is not connected yet: connect it in Settings'],
  'service-cancelled': ['upstream', 'Asking {service} was given up'],
  'model-unknown': ['upstream', 'The model {model} is not offered'],
  'service-missing-scope': ['upstream', 'The token of {service} lacks a right that is needed'],
  'service-no-credit': ['upstream', '{service} wants to be paid first'],
  'service-wrong-address': ['upstream', '{service} is not at the address that is set'],
  'service-premium-needed': ['upstream', '{service} answers only while the owner of the application has Premium'],
  'service-history-private': ['upstream', '{service} keeps the recent listening of this user private'],
  'service-account-refused': ['upstream', '{service} does not accept the connection to the account'],
  'service-secret-refused': ['upstream', 'The shared secret does not belong to the key of {service}'],
  'service-token-needed': ['upstream', '{service} does not show this without a token'],
  'service-user-unknown': ['upstream', '{service} knows no user of this name'],
  'cap-reached': ['upstream', 'The {cap} texts that may be asked for today were asked for'],
  'nothing-to-choose': ['upstream', 'There is nothing in the library that EurIA could choose from'],
  'no-text': ['upstream', '{service} answered without a text'],
  'text-declined': ['upstream', '{service} declined: {words}'],
  'text-other-words': ['upstream', '{service} answered something else: {words}'],
  'text-withheld': ['upstream', '{service} withheld what its model wrote'],
  'text-cut-off': ['upstream', '{service} was cut off before it had finished'],
  'text-not-as-asked': ['upstream', '{service} answered without what was asked for'],

  // Playlists
  'still-being-written': ['conflict', 'This playlist is still being written'],
  'no-track-chosen': ['upstream', 'The model named no track that it could choose from'],
  'not-written': ['conflict', 'The model did not write this playlist'],
  'not-being-written': ['conflict', 'This playlist is not being written'],
  'made-by-hand': ['conflict', 'This playlist was made by hand: there is nothing to draw it from'],
  'foreign-option': ['bad-request', '{option} is no option of the algorithm {algorithm}'],
  'always-kept': ['bad-request', 'keep: what a model writes is always kept'],
  'model-length': ['bad-request', 'length: a model writes {most} tracks at the most'],
  'place-not-there': ['bad-request', 'There is no place {entry}, or it is named twice'],
  'places-missing': ['bad-request', '{missing} of the {places} places are not named'],
  'position-beyond': ['bad-request', 'The playlist has {tracks} tracks'],
  'playlist-full': ['bad-request', 'A playlist holds {most} tracks at the most'],

  // Backups, retention and the archive
  'nothing-to-back-up': ['conflict', 'The library is empty: there is nothing to back up yet'],
  'backup-failed': ['unavailable', 'The backup could not be made'],
  'backup-not-removed': ['unavailable', '{name} could not be removed'],
  'backups-unreadable': ['unavailable', 'The folder of the backups cannot be read'],
  'backup-chosen': [
    'conflict',
    'This backup takes the library’s place at the next start: cancel that before it is removed',
  ],
  'other-backup-chosen': [
    'conflict',
    'Another backup, {name}, takes the library’s place at the next start: cancel that first',
  ],
  'backup-unfit': ['conflict', 'This backup cannot be brought back'],
  'backup-file-gone': ['conflict', 'The file of this backup is not there'],
  'backup-unsound': ['conflict', 'This backup is damaged and cannot be brought back'],
  'backup-foreign': ['conflict', 'This is no backup of AIME’s'],
  'backup-newer': ['conflict', 'This backup was written by a newer AIME'],
  'backup-disk': ['conflict', 'The disk did not let the backup be read or brought back'],
  'folder-full': ['unavailable', 'The disk that holds {folder} is full'],
  'folder-short': ['unavailable', 'It needs {needed} MB, and {folder} has {free} MB left'],
  'folder-not-writable': ['unavailable', '{folder} cannot be written to'],
  'folder-missing': ['unavailable', 'There is no folder {folder}'],
  'folder-is-first': ['conflict', '{folder} is the folder of the backups itself'],
  'backup-name-taken': ['conflict', '{folder} holds another backup of the name {name}'],
  'copy-differs': ['unavailable', 'What was written to {folder} reads differently'],
  'archive-lacks': ['unavailable', 'Files of the archive were missing or damaged: {files}'],
  'archive-lacks-more': ['unavailable', 'Files of the archive were missing or damaged: {files}, and {more} more'],
  'archive-not-written': ['unavailable', 'The archive {name} could not be written'],
  'archive-unreadable': ['unavailable', 'The archive {name} cannot be read'],
  'question-changed': ['conflict', 'The question has changed since it was asked: look at it again'],

  // Sync
  'app-too-old': ['upgrade-required', 'This version of the app is too old for the server: reload it'],
  'read-only': ['bad-request', '{collection} is read-only: write an intent instead'],
  'library-restored': ['stale-epoch', 'The library was restored: start again without a checkpoint'],
  'library-older': ['stale-epoch', 'The library is older than this device: start again without a checkpoint'],
  'ahead-of-library': ['bad-request', 'seq: this library has come to {seq} only'],

  // A library that is lost, and its recovery
  missing: ['recovery', 'There is no library'],
  empty: ['recovery', 'The library’s file is empty'],
  damaged: ['recovery', 'The library’s file is damaged'],
  foreign: ['recovery', 'The library’s file is not one of AIME’s'],
  newer: ['recovery', 'The library was written by a newer AIME'],
  'library-exchanged': [
    'conflict',
    'The library’s file was exchanged or taken away: what is there now is being opened',
  ],
  'library-served': ['conflict', 'There is a library, and it is served: a backup is brought back from Settings'],
  'other-loss': [
    'conflict',
    'This was meant for another loss of the library, or another life of it: look again, and decide anew',
  ],
  'other-library': ['conflict', 'Another library is being brought back already: finish it, or begin anew'],
  'rebuild-not-begun': ['conflict', 'There is no library yet: begin to bring it back from this device first'],
  'nothing-rebuilt': ['conflict', 'Nothing is being brought back from a device'],
  'recovery-under-way': ['conflict', 'Something is being done about it already: wait for that to end'],
  'document-unreadable': ['bad-request', 'Its {field} cannot be read'],
  'document-not-kept': ['bad-request', 'It could not be kept'],
  'change-unanswered': ['bad-request', 'It was not answered yet: it is to be pushed, as any other change'],
  'page-contradicts': ['bad-request', 'The page {page} contradicts itself'],
  'month-impossible': ['bad-request', 'Nobody can have heard anything in {month}'],
  'listen-without-id': ['bad-request', 'The listen {listen} has no id that can be'],
  'listen-time': ['bad-request', 'The listen {listen} is of a time at which nobody can have heard anything'],
  'listen-month': ['bad-request', 'The listen {listen} is not of the month of its page {page}'],
  'listen-sources': ['bad-request', 'The listen {listen} has more sources than there are'],
  'rebuild-under-way': [
    'conflict',
    'The library is being brought back from a device: look again, and say that this is to be given up',
  ],
} as const satisfies Record<string, Registered>;

export type ErrorCode = keyof typeof errorCodes;

type Names<S extends string> = S extends `${string}{${infer N}}${infer Rest}` ? N | Names<Rest> : never;

/** The names of the values that a code's sentence needs. */
export type ErrorParamNames<C extends ErrorCode> = Names<(typeof errorCodes)[C][1]>;

/** A registered case with the values of its sentence: the only thing that an error answer is made of. */
export type CodedError = {
  [C in ErrorCode]: [ErrorParamNames<C>] extends [never]
    ? { code: C; params?: undefined }
    : { code: C; params: Record<ErrorParamNames<C>, string | number> };
}[ErrorCode];

/** The case's message for whoever reads the API. */
export function messageOf({ code, params }: CodedError): string {
  const values: Readonly<Partial<Record<string, string | number>>> = params ?? {};
  return errorCodes[code][1].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
