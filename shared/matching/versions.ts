import { foldForSearch } from './fold.ts';
import { remembered } from './memo.ts';

/** What a title says about the version, beside its name. */
export type VersionKind =
  | 'remaster'
  | 'mono'
  | 'stereo'
  | 'mix'
  | 'deluxe'
  | 'bonus'
  | 'release'
  | 'explicit'
  | 'video'
  | 'soundtrack'
  | 'edit'
  | 'extended'
  | 'live'
  | 'acoustic'
  | 'demo'
  | 'instrumental'
  | 'remix'
  | 'cover'
  | 'karaoke'
  | 'take'
  | 'reprise'
  | 'rerecorded';

/** One such remark: its kind, and what it adds to tell it from others of its kind (place, remixer, language), folded. */
export interface Version {
  kind: VersionKind;
  detail: string;
}

/**
 * Kinds that name the same recording in another dress: mastering, channels, packaging, what it was released on.
 * All other kinds are recordings, or cuts of one, of their own.
 */
const SAME_RECORDING: ReadonlySet<VersionKind> = new Set([
  'remaster', 'mono', 'stereo', 'mix', 'deluxe', 'bonus', 'release', 'explicit', 'video', 'soundtrack',
]);

/** Whether two titles that differ in this remark alone may still be the same recording. */
export function isSameRecording(kind: VersionKind): boolean {
  return SAME_RECORDING.has(kind);
}

const PLACE = 'at|in|from|on|a|au|aux|en|im|in der|de|dal|a la|bei|@|\\d{4}|version|session|sessions|recording|take|acoustic|bbc|peel|studio|ao|al|album|remaster|remastered|mix|bonus|edit|demo|performance|tour';

/**
 * How remarks are spelt, folded, tried in this order; the first that fits decides the kind. A pattern must fit what
 * stands in brackets or after a dash as a whole, so that "(Live and Let Die)" or "- The Remix" stay names.
 */
const SPELT: readonly (readonly [VersionKind, RegExp])[] = [
  ['karaoke', /^karaoke\b|\bkaraoke( version)?$|^(?:backing|playback) track$|カラオケ|^off vocal/u],
  ['cover', /\bcover(?: version)?$|^(?:originally (?:performed )?by|made famous by|in the style of|tribute to|cover of|reprise de|version de) /u],
  ['rerecorded', /\bre ?record(?:ed|ing)\b|^taylors version|\btaylors version$|^(?:new|nouvelle|neue) (?:recording|version|aufnahme)\b/u],
  ['live', new RegExp(`^(?:recorded |enregistre |grabado )?(?:live|en vivo|en directo|ao vivo|dal vivo|en concert|en public|en direct|in concert|konzertmitschnitt|unplugged|mtv unplugged)(?: (?:${PLACE})\\b.*)?$|\\b(?:live|ao vivo|en vivo|en concert|unplugged)(?: version| session| recording)?$|^(?:bbc|peel|john peel|kexp|kcrw|radio|spotify|daytrotter|nrk|triple j) (?:radio \\d )?(?:session|sessions|concert)\\b|\\blive (?:at|in|from|on) |^(?:in )?concert (?:at|in|from) |^(?:tiny desk|a take away show)|^ライヴ|^ライブ|ライブ$|^концерт|^живое|^현장|^라이브|^现场|^現場|live版$|现场版$|現場版$`, 'u')],
  ['remix', /\b(?:remix(?:ed|es|ee|ado)?|rmx|rework(?:ed)?|refix|re ?edit|bootleg|vip(?: mix)?|mashup|flip)(?: (?:edit|version|\d{4}|radio edit))?$|\bdub(?: mix| version)?$|^(?:remixed|reworked|remix) by |\bremix\b|リミックス|리믹스|ремикс/u],
  ['acoustic', /\b(?:acoustic|acoustique|acustic[oa]|akustik|akustisch|piano|strings?|orchestral|symphonic|stripped|unplugged|a cappella|acapella|a capella|guitar)(?: (?:version|versie|take|session|mix|demo|\d{4}))?$|^(?:version|versio[n]) (?:acoustique|acustica|piano|orchestrale?)|アコースティック|акустик/u],
  ['instrumental', /\b(?:instrumental(?:e|es|is|s)?|karaoke)(?: (?:version|mix))?$|^instrumentals?\b|^(?:version|versio[n]) instrumentale?|インスト|伴奏|инструментал/u],
  ['demo', /\b(?:demos?|maquette|rough mix|work in progress|rehearsal|home recording|sketch)(?: (?:version|\d{4}|recording|take|\d))*$|^(?:demo|early version|rehearsal)\b|デモ|демо/u],
  ['take', /^(?:alt|alternate|alternative|alternatief|autre prise|prise|early|outtake|unreleased|false start)(?: (?:take|version|mix|ending|edit|\d+))*$|\b(?:outtake|alternate take|alternative version|alternate version)\b.*$|^take \d+$/u],
  ['reprise', /^reprise$/u],
  ['extended', /^(?:extended|full length|long|12(?: inch)?|12|maxi|club|original 12|disco|dance)(?: (?:inch|mix|version|edit|single|club|remaster|remastered|\d{4}|cut))+$|^extended$|\bextended(?: mix| version| edit)?$|\b(?:club|dance|disco|house|dub) mix$|^version longue$/u],
  ['edit', /^(?:radio|single|short|video|tv|film|movie|clean radio)?\s?(?:edit|cut)(?: version)?$|^(?:radio|short|tv) (?:version|mix|edit)$|\b(?:radio|single) edit\b|^version (?:radio|courte)$|^edit(?:ed)?(?: version)?$/u],
  ['soundtrack', /(?:motion picture|film|movie|television|tv|game|series|show) (?:soundtrack|score)|\bsoundtrack\b|\b(?:original|complete) (?:score|cast recording|cast)\b|^from (?:the )?(?:motion picture|film|movie|album|series|netflix|disney|original|tv|television|musical|soundtrack|ost)\b|^(?:from|tire du|extrait de|aus|de la pelicula|dal film|bande originale|b o|bof|bo du film|banda sonora|colonna sonora|music from)\b|^ost\b|\bost$|サウンドトラック|саундтрек/u],
  ['remaster', /\b(?:re ?master(?:ed|ing|s|ise|isee|izado|izada|isado)?|remasteris?e?e?|remasterizad[oa]|remasterisiert|rimasterizzat[oa]|remasterizat|digital master)\b|リマスター|ремастер|리마스터|重制/u],
  ['mono', /^(?:\d{4} )?mono(?: (?:version|mix|single|edit|\d{4}|master|album))*$|^(?:original )?mono\b/u],
  ['stereo', /^(?:\d{4} )?(?:true )?stereo(?: (?:version|mix|single|edit|\d{4}|master|album))*$|^(?:original )?stereo\b|^dolby atmos|^(?:5 1|surround)\b|^quadraphonic/u],
  ['explicit', /^(?:explicit|clean|uncensored|censored|dirty)(?: (?:version|album|lyrics))*$|^parental advisory/u],
  ['video', /^(?:official )?(?:hd |4k |hq )?(?:music |lyrics? |audio )?(?:video|audio|visualizer|visualiser|clip|lyrics?)(?: (?:hd|hq|4k|officiel|oficial|ufficiale|clip|video))*$|^(?:clip|video|audio|videoclip) (?:officiel|oficial|ufficiale)|^(?:hd|hq|4k)$|^m v$|^mv$/u],
  ['deluxe', /\b(?:deluxe|expanded|super|special|limited|collectors?|legacy|anniversary|anniversaire|jubilee|definitive|ultimate|platinum|gold|premium|tour|digital|international|japan(?:ese)?|us|uk|standard|enhanced|complete|reissue|japan|north american|european|fan|box|vinyl|exclusive|target|spotify|itunes|amazon|bonus|extended|explicit|director s|limitee|speciale|especial|de luxe|erweiterte)\b.*\b(?:edition|edicion|edizione|edicao|version|ausgabe|set|release|album|auflage|issue|reissue|lp|cd|ep)\b|^(?:super )?de ?luxe\b|\bdeluxe$|^(?:edition|edicion|edicao|edizione) |^expanded$|^(?:expanded|reissue|re issue|re release|rerelease|anniversary|repack(?:age)?)\b|\b(?:\d+(?:st|nd|rd|th|e|eme|er|jahre)?) (?:anniversary|anniversaire|aniversario)\b|\breissue$|初回|限定盤|通常盤|デラックス|デラックスエディション|豪华版/u],
  ['bonus', /\bbonus(?: (?:tracks?|disc|cd|dvd|song|version|edition|material|titres?))+|^bonus$|^(?:hidden|ghost|secret|unlisted) track$|^titre bonus|^previously unreleased|^(?:with )?bonus /u],
  ['mix', /^(?:19|20)\d{2}(?: (?:mix|version|digital|stereo|mono|edition|edit))+$|^(?:original|main|album|lp|single|standard|us|uk|new) mix$/u],
  ['release', /^(?:original |the |us |uk )?(?:album|single|lp|ep|cd|vinyl|7|7 inch|45|45rpm|main|studio|original|full|standard|regular|us|uk|european|japanese)(?: (?:single|album|lp|inch|studio))* ?(?:version|versio[n]|versione|fassung|recording|release|mix|original)?$|^(?:a|b) side$|^version (?:album|originale|single|studio)$|^(?:disc|cd|disk|lp|side|vol disc) ?(?:\d+|[a-d]|one|two)$|^(?:remaster|original)$|^(?:19|20)\d{2}$/u],
  ['take', /\b(?:version|versio[n]|versione|versao|fassung|versie|mix|mixes|session|sessions)$|ver$|バージョン|버전|版$/u],
];

const NOISE = /\b(?:version|versie|versione|versao|fassung|mix|edition|the|a|at|in|from|on|by|original|recorded|live|remix(?:ed)?|rmx|demo|take|session|sessions|recording|acoustic|instrumental|edit|cover|of|originally|performed|en|au|aux|ao|vivo|concert)\b/gu;

/**
 * Reads what stands in brackets or after a dash as a remark on the version. Undefined when it is no such remark, so
 * that it belongs to the name.
 */
export function readVersion(remark: string): Version | undefined {
  return known(remark).version;
}

const known = remembered((remark): { version: Version | undefined } => {
  const folded = foldForSearch(remark);
  const spelt = SPELT.find(([, pattern]) => pattern.test(folded));
  if (spelt === undefined) return { version: undefined };
  const [kind] = spelt;
  const detail = isSameRecording(kind) ? '' : folded.replace(NOISE, ' ').replace(/\s+/gu, ' ').trim();
  return { version: { kind, detail } };
});
