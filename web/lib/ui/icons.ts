/** Every icon's strokes on a 24 by 24 field, drawn 1.5 wide with round ends. `dots` are drawn heavier. */
export const icons = {
  collection: ['M4 4v16M8 4v16M12 4v16M15.5 4.6l4.2 15.2'],
  journal: ['M6 3.5h12v17H6zM9.5 3.5v17M12.5 8.5h3M12.5 12h3'],
  timeline: ['M3 6h6M12 6h9M3 12h11M17 12h4M3 18h3M9 18h9'],
  playlists: ['M4 6h16M4 11h9M4 16h7', 'M13.5 17a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0', 'M18.5 17V9.5l2.5 1'],
  analytics: ['M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0', 'M12 3.5V12l6 6'],
  search: ['M4 10.5a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0', 'M15.5 15.5 21 21'],
  settings: ['M4 7h9M17 7h3M4 17h3M11 17h9', 'M13 7a2 2 0 1 0 4 0a2 2 0 1 0-4 0', 'M7 17a2 2 0 1 0 4 0a2 2 0 1 0-4 0'],
  tick: ['m5 12.5 4.5 4.5L19 7.5'],
  choose: ['M20 11.5V20H4V4h11', 'm8.5 11.5 3.5 3.5L20.5 6'],
  heart: [
    'M12 20S4 15.2 4 9.3C4 6.6 6 5 8.1 5c1.7 0 3.1 1 3.9 2.5C12.8 6 14.2 5 15.9 5 18 5 20 6.6 20 9.3 20 15.2 12 20 12 20Z',
  ],
  cross: ['M6 6l12 12M18 6 6 18'],
  plus: ['M12 5v14M5 12h14'],
  down: ['m7 10 5 5 5-5'],
  back: ['m14 7-5 5 5 5'],
  forward: ['m10 7 5 5-5 5'],
  sort: ['M7 5v14M4 16l3 3 3-3M14 6h6M14 11h5M14 16h3'],
  filter: ['M4 7h16M7 12h10M10 17h4'],
  again: ['M19 12a7 7 0 1 1-2-5l2 2M19 5v4h-4'],
  calendar: ['M4 6h16v14H4zM4 10.5h16M8.5 3.5V7M15.5 3.5V7'],
  list: ['M4 6h16M4 12h16M4 18h16'],
  grid: ['M4 4h6.5v6.5H4zM13.5 4H20v6.5h-6.5zM4 13.5h6.5V20H4zM13.5 13.5H20V20h-6.5z'],
  share: ['M12 15V4M8 8l4-4 4 4M5 14v6h14v-6'],
  heed: ['M12 4.5 21 19.5H3zM12 10v4.5M12 17v.2'],
  pencil: ['M5 19l1-4L16.5 4.5l3 3L9 18z'],
  person: ['M8.5 8.5a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0', 'M5 20c.8-4 3.5-6 7-6s6.2 2 7 6'],
  offline: ['M4 4l16 16M7 18h10a4 4 0 0 0 2.7-6.9M16.5 9.5A5.5 5.5 0 0 0 9 6.3M6.3 9.8A4.2 4.2 0 0 0 7 18'],
  clock: ['M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0', 'M12 7v5l3.5 2'],
  key: ['M4 15.5a4 4 0 1 0 8 0a4 4 0 1 0-8 0', 'M11 12.7 19.5 4M16 7.5l2.5 2.5'],
  bin: ['M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5'],
  out: ['M13 5h6v6M19 5l-8.5 8.5M16.5 14v5H5V7.5h5'],
  next: ['M6 5.5v13l9-6.5z', 'M18 5.5v13'],
  previous: ['M18 5.5v13l-9-6.5z', 'M6 5.5v13'],
  pause: ['M8.5 6v12M15.5 6v12'],
  play: ['M8 5.5v13l10-6.5z'],
  stop: ['M7 7h10v10H7z'],
  more: ['M6 12h.01M12 12h.01M18 12h.01'],
  grip: ['M9 7h.01M15 7h.01M9 12h.01M15 12h.01M9 17h.01M15 17h.01'],
} as const;

export type IconName = keyof typeof icons;

/** Icons made of dots rather than strokes. */
export const dotted: ReadonlySet<IconName> = new Set<IconName>(['more', 'grip']);
