/** A report in short: source, seconds from the start of the case, title (the first one when left out). */
type Seen = readonly [source: string, at: number, title?: string];

/** A hand-made listening session: what the sources report of one artist, and which of these reports (by position) are one play. */
export type SetCase = readonly [
  about: string,
  seconds: number,
  seen: readonly Seen[],
  plays: readonly (readonly number[])[],
];

const SONG = 'Harbour Lights';
const LIVE = 'Harbour Lights - Live';

/** Repeats and evenings in which sources miss plays, stamp ends, or are three. */
export const SETS: readonly SetCase[] = [
  ['one play, one source', 200, [['roon', 0]], [[0]]],
  [
    'one play, two sources',
    200,
    [
      ['roon', 0],
      ['lastfm', 3],
    ],
    [[0, 1]],
  ],
  [
    'one play, three sources',
    200,
    [
      ['roon', 0],
      ['lastfm', 3],
      ['manual', 60],
    ],
    [[0, 1, 2]],
  ],
  [
    'two plays in a row, start stamps',
    200,
    [
      ['roon', 0],
      ['roon', 200],
      ['lastfm', 1],
      ['lastfm', 201],
    ],
    [
      [0, 2],
      [1, 3],
    ],
  ],
  [
    'two plays in a row, end stamps',
    200,
    [
      ['roon', 0],
      ['roon', 200],
      ['lastfm', 200],
      ['lastfm', 400],
    ],
    [
      [0, 2],
      [1, 3],
    ],
  ],
  [
    'three plays in a row, end stamps',
    200,
    [
      ['roon', 0],
      ['roon', 200],
      ['roon', 400],
      ['lastfm', 201],
      ['lastfm', 402],
      ['lastfm', 600],
    ],
    [
      [0, 3],
      [1, 4],
      [2, 5],
    ],
  ],
  [
    'Last.fm missed the first',
    200,
    [
      ['roon', 0],
      ['roon', 200],
      ['lastfm', 202],
    ],
    [[0], [1, 2]],
  ],
  [
    'Last.fm missed the second',
    200,
    [
      ['roon', 0],
      ['roon', 200],
      ['lastfm', 2],
    ],
    [[0, 2], [1]],
  ],
  [
    'Roon missed the second',
    200,
    [
      ['roon', 0],
      ['lastfm', 2],
      ['lastfm', 204],
    ],
    [[0, 1], [2]],
  ],
  [
    'a middle one missed',
    200,
    [
      ['roon', 0],
      ['roon', 200],
      ['roon', 400],
      ['lastfm', 2],
      ['lastfm', 403],
    ],
    [[0, 3], [1], [2, 4]],
  ],
  [
    'a repeat an hour later',
    200,
    [
      ['roon', 0],
      ['lastfm', 2],
      ['roon', 3600],
      ['lastfm', 3604],
    ],
    [
      [0, 1],
      [2, 3],
    ],
  ],
  [
    'a repeat an hour later that each missed once',
    200,
    [
      ['roon', 0],
      ['lastfm', 3600],
    ],
    [[0], [1]],
  ],
  [
    'two reports of one source in one second',
    200,
    [
      ['lastfm', 0],
      ['lastfm', 0],
    ],
    [[0], [1]],
  ],
  [
    'two of one source, one of the other',
    200,
    [
      ['lastfm', 0],
      ['lastfm', 90],
      ['roon', 88],
    ],
    [[0], [1, 2]],
  ],
  [
    'song, then its concert version',
    200,
    [
      ['roon', 0, SONG],
      ['roon', 200, LIVE],
      ['lastfm', 1, SONG],
      ['lastfm', 202, LIVE],
    ],
    [
      [0, 2],
      [1, 3],
    ],
  ],
  [
    'song, then its concert version, end stamps',
    200,
    [
      ['roon', 0, SONG],
      ['roon', 200, LIVE],
      ['lastfm', 200, SONG],
      ['lastfm', 400, LIVE],
    ],
    [
      [0, 2],
      [1, 3],
    ],
  ],
  [
    'another song between',
    200,
    [
      ['roon', 0],
      ['roon', 200, 'Tide'],
      ['roon', 400],
      ['lastfm', 0],
      ['lastfm', 201, 'Tide'],
      ['lastfm', 401],
    ],
    [
      [0, 3],
      [1, 4],
      [2, 5],
    ],
  ],
  [
    'two zones at once, one account',
    200,
    [
      ['roon', 0],
      ['roon', 40],
      ['lastfm', 1],
      ['lastfm', 41],
    ],
    [
      [0, 2],
      [1, 3],
    ],
  ],
  [
    'a loop of five',
    60,
    [
      ['roon', 0],
      ['roon', 60],
      ['roon', 120],
      ['roon', 180],
      ['roon', 240],
      ['lastfm', 2],
      ['lastfm', 61],
      ['lastfm', 122],
      ['lastfm', 183],
      ['lastfm', 242],
    ],
    [
      [0, 5],
      [1, 6],
      [2, 7],
      [3, 8],
      [4, 9],
    ],
  ],
  [
    'three sources, two plays',
    200,
    [
      ['roon', 0],
      ['lastfm', 1],
      ['manual', 5],
      ['roon', 200],
      ['lastfm', 202],
      ['manual', 190],
    ],
    [
      [0, 1, 2],
      [3, 4, 5],
    ],
  ],
  [
    'the third source saw the second play only',
    200,
    [
      ['roon', 0],
      ['lastfm', 1],
      ['roon', 200],
      ['lastfm', 202],
      ['manual', 230],
    ],
    [
      [0, 1],
      [2, 3, 4],
    ],
  ],
  [
    'a long track and its end',
    3600,
    [
      ['roon', 0],
      ['lastfm', 3605],
    ],
    [[0, 1]],
  ],
  [
    'a long track, stopped and played again',
    3600,
    [
      ['roon', 0],
      ['roon', 2000],
      ['lastfm', 2],
      ['lastfm', 2001],
    ],
    [
      [0, 2],
      [1, 3],
    ],
  ],
];
