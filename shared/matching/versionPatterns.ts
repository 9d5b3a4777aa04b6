import type { VersionKind } from './versionKinds.ts';

const VERSION = '(?:version|versio[n]|versione|versao|versie|fassung)';
const YEAR = '(?:19|20)\\d{2}';
/** How "live" is said, and what may follow it; anything else ("Live and Let Die") is a name. */
const LIVE =
  '(?:live|en vivo|en directo|ao vivo|dal vivo|en concert|en public|en direct|in concert|unplugged|mtv unplugged)';
const WHERE =
  '(?:at|in|from|on|a|au|aux|en|im|de|dal|al|ao|bei|album|bbc|peel|studio|session|sessions|recording|take|performance' +
  `|tour|acoustic|demo|edit|mix|bonus|remaster|remastered|${YEAR}|${VERSION})`;
const EDITION =
  '(?:edition|edicion|edizione|edicao|version|ausgabe|auflage|set|box|release|album|issue|reissue|lp|cd|ep)';
const EDITION_OF =
  '(?:deluxe|de luxe|expanded|extended|special|speciale|especial|limited|limitee|collector s?|collectors|legacy|anniversary' +
  '|anniversaire|jubilee|definitive|ultimate|platinum|gold|premium|tour|digital|international|standard|enhanced|complete' +
  '|bonus|explicit|fan|box|vinyl|exclusive|director s|erweiterte|us|uk|japan|japanese|european|north american|spotify|itunes|amazon|target)';

/**
 * How remarks on the version are spelt, folded, in the order in which they are tried: the first that fits decides. A
 * pattern fits what stands in brackets or after a dash, not a word anywhere in it.
 */
const PATTERNS: readonly (readonly [VersionKind, readonly string[]])[] = [
  ['karaoke', ['^karaoke\\b', `\\bkaraoke(?: ${VERSION})?$`, '^(?:backing|playback) track$', '^off vocal', 'カラオケ']],
  [
    'cover',
    [
      `\\bcover(?: ${VERSION})?$`,
      '^(?:originally (?:performed )?by|made famous by|in the style of|tribute to|cover of|reprise de|version de) ',
    ],
  ],
  [
    'rerecorded',
    [
      '\\bre ?record(?:ed|ing)\\b',
      `\\btaylors ${VERSION}$`,
      `^(?:new|nouvelle|neue) (?:recording|aufnahme|${VERSION})\\b`,
    ],
  ],
  [
    'live',
    [
      `^(?:recorded |enregistre |grabado )?${LIVE}(?: ${WHERE}\\b.*)?$`,
      `\\b(?:live|ao vivo|en vivo|en concert|unplugged)(?: session| recording| ${VERSION})?$`,
      '\\blive (?:at|in|from|on) ',
      '^(?:bbc|peel|john peel|kexp|kcrw|radio|spotify|daytrotter|triple j) (?:radio \\d )?(?:session|sessions|concert)\\b',
      '^(?:in )?concert (?:at|in|from) ',
      '^(?:tiny desk|a take away show|konzertmitschnitt)',
      '^(?:ライヴ|ライブ|концерт|живое|현장|라이브|现场|現場)',
      '(?:ライブ|live版|现场版|現場版)$',
    ],
  ],
  [
    'remix',
    [
      `\\b(?:remix(?:ed|es|ee|ado)?|rmx|rework(?:ed)?|refix|re ?edit|bootleg|vip(?: mix)?|mashup|flip)(?: (?:edit|radio edit|${YEAR}|${VERSION}))?$`,
      `\\bdub(?: mix| ${VERSION})?$`,
      '^(?:remixed|reworked|remix) by ',
      '\\bremix\\b',
      'リミックス|리믹스|ремикс',
    ],
  ],
  [
    'acoustic',
    [
      '\\b(?:acoustic|acoustique|acustic[oa]|akustik|akustisch|piano|strings?|orchestral|symphonic|stripped|a cappella|acapella|a capella|guitar)' +
        `(?: (?:take|session|mix|demo|${YEAR}|${VERSION}))?$`,
      `^${VERSION} (?:acoustique|acustica|piano|orchestrale?)`,
      'アコースティック|акустик',
    ],
  ],
  [
    'instrumental',
    [
      `\\binstrumental(?:e|es|is|s)?(?: (?:mix|${VERSION}))?$`,
      '^instrumentals?\\b',
      `^${VERSION} instrumentale?`,
      'インスト|伴奏|инструментал',
    ],
  ],
  [
    'demo',
    [
      `\\b(?:demos?|maquette|rough mix|work in progress|rehearsal|home recording|sketch)(?: (?:recording|take|\\d{4}|\\d|${VERSION}))*$`,
      '^(?:demo|early version|rehearsal)\\b',
      'デモ|демо',
    ],
  ],
  [
    'take',
    [
      `^(?:alt|alternate|alternative|autre prise|prise|early|outtake|unreleased|false start)(?: (?:take|mix|ending|edit|\\d+|${VERSION}))*$`,
      '\\b(?:outtake|alternate take|alternative version|alternate version)\\b',
      '^take \\d+$',
    ],
  ],
  ['reprise', ['^reprise$']],
  [
    'extended',
    [
      `^(?:extended|full length|long|12|maxi|club|original 12|disco|dance)(?: (?:inch|mix|edit|single|club|remaster|remastered|cut|${YEAR}|${VERSION}))+$`,
      `\\bextended(?: mix| edit| ${VERSION})?$`,
      '\\b(?:club|dance|disco|house|dub) mix$',
      `^${VERSION} longue$`,
    ],
  ],
  [
    'edit',
    [
      `^(?:radio|single|short|video|tv|film|movie|clean radio)?\\s?(?:edit|cut)(?: ${VERSION})?$`,
      `^(?:radio|short|tv) (?:mix|edit|${VERSION})$`,
      '\\b(?:radio|single) edit\\b',
      `^${VERSION} (?:radio|courte)$`,
      '^edited$',
    ],
  ],
  [
    'soundtrack',
    [
      '\\b(?:motion picture|film|movie|television|tv|game|series|show) (?:soundtrack|score)\\b',
      '\\bsoundtrack\\b',
      '\\b(?:original|complete) (?:score|cast recording|cast)\\b',
      '^(?:music )?from\\b',
      '^ost\\b',
      '\\bost$',
      '^(?:tire du|extrait de|aus|de la pelicula|dal film|bande originale|b o|bof|bo du film|banda sonora|colonna sonora)\\b',
      'サウンドトラック|саундтрек',
    ],
  ],
  [
    'remaster',
    [
      '\\bre ?master(?:ed|ing|s|ise|isee|izado|izada|isado)?\\b',
      '\\b(?:remasterisiert|rimasterizzat[oa]|digital master)\\b',
      'リマスター|ремастер|리마스터|重制',
    ],
  ],
  ['mono', [`^(?:${YEAR} )?mono(?: (?:mix|single|edit|master|album|${YEAR}|${VERSION}))*$`, '^original mono\\b']],
  [
    'stereo',
    [
      `^(?:${YEAR} )?(?:true )?stereo(?: (?:mix|single|edit|master|album|${YEAR}|${VERSION}))*$`,
      '^original stereo\\b',
      '^(?:dolby atmos|5 1|surround|quadraphonic)\\b',
    ],
  ],
  [
    'explicit',
    [`^(?:explicit|clean|uncensored|censored|dirty)(?: (?:album|lyrics|${VERSION}))*$`, '^parental advisory'],
  ],
  [
    'video',
    [
      '^(?:official )?(?:hd |4k |hq )?(?:music |lyrics? |audio )?(?:video|audio|visuali[sz]er|clip|lyrics?)(?: (?:hd|hq|4k|officiel|oficial|ufficiale|clip|video))*$',
      '^(?:clip|video|audio|videoclip) (?:officiel|oficial|ufficiale)',
      '^(?:hd|hq|4k|m v|mv)$',
    ],
  ],
  [
    'deluxe',
    [
      `\\b${EDITION_OF}\\b.*\\b${EDITION}\\b`,
      '^(?:super )?de ?luxe\\b',
      '\\bdeluxe$',
      '^(?:edition|edicion|edicao|edizione) ',
      '^(?:expanded|extended|reissue|re issue|re release|rerelease|anniversary|repackage?)\\b',
      '\\breissue$',
      '\\b\\d+(?:st|nd|rd|th|e|eme|er)? (?:anniversary|anniversaire|aniversario|jahre)\\b',
      '初回|限定盤|通常盤|デラックス|豪华版',
    ],
  ],
  [
    'bonus',
    [
      '\\bbonus (?:tracks?|disc|cd|dvd|song|edition|material|titres?)\\b',
      `\\bbonus ${VERSION}\\b`,
      '^bonus$',
      '^(?:with )?bonus ',
      '^(?:hidden|ghost|secret|unlisted) track$',
      '^titre bonus',
      '^previously unreleased',
    ],
  ],
  [
    'mix',
    [
      `^${YEAR}(?: (?:mix|digital|stereo|mono|edition|edit|${VERSION}))+$`,
      '^(?:original|main|album|lp|single|standard|us|uk|new) mix$',
    ],
  ],
  [
    'release',
    [
      '^(?:original |the |us |uk )?(?:album|single|lp|ep|cd|vinyl|7|7 inch|45|45rpm|main|studio|original|full|standard|regular|us|uk|european|japanese)' +
        `(?: (?:single|album|lp|inch|studio))* ?(?:recording|release|mix|original|${VERSION})?$`,
      `^${VERSION} (?:album|originale|single|studio)$`,
      '^[ab] side$',
      '^(?:disc|cd|disk|lp|side) ?(?:\\d+|[a-d]|one|two)$',
      `^${YEAR}$`,
    ],
  ],
  ['take', [`\\b(?:mix|mixes|session|sessions|${VERSION})$`, 'ver$', 'バージョン|버전|版$']],
];

const COMPILED = PATTERNS.map(([kind, patterns]) => [kind, new RegExp(patterns.join('|'), 'u')] as const);

/** The kind of version that a folded remark names; undefined when it names none. */
export function kindOf(folded: string): VersionKind | undefined {
  return COMPILED.find(([, pattern]) => pattern.test(folded))?.[0];
}
