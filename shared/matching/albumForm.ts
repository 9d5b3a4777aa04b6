import { isCommonTitle, soundsLive } from './albumTitlePatterns.ts';
import { foldForSearch } from './fold.ts';
import { remembered } from './memo.ts';
import { spellingOf } from './spelling.ts';
import type { TitleForm } from './titles.ts';
import { titleForm } from './titles.ts';

export type AlbumFormat = 'album' | 'ep' | 'single';

/** A parsed album title. */
export interface AlbumForm {
  title: TitleForm;
  format: AlbumFormat | undefined;
  live: boolean;
  common: boolean;
  /** It calls itself the score, not the songs. */
  score: boolean;
}

/** Apple's " - EP" and " - Single", "[EP]", and a last word "EP". */
const EP = /[\s([-]*\b(?:e\.?p\.?|mini[ -]?album|extended play)[)\]]?$/iu;
const SINGLE = /\s*(?:[([]|\s[-–]\s)(?:(?:cd|maxi|7"|12")[ -]?)?single[)\]]?$/iu;
const LP = /\s+(?:l\.?p\.?|[([](?:l\.?p\.?|album)[)\]])$/iu;
/** Names people write for an album that bears its artist's name. */
const SELF_TITLED = /^(?:s t|self titled|selftitled|eponymous|same|st|eponyme)$/u;

/** Parses an album's title; `artist` is put in the place of "Self-Titled". */
export function albumForm(title: string, artist: string): AlbumForm {
  return SELF_TITLED.test(foldForSearch(title)) ? formOf(artist) : formOf(title);
}

const formOf = remembered((title: string): AlbumForm => {
  const format = EP.test(title) ? 'ep' : SINGLE.test(title) ? 'single' : undefined;
  const bare = title.replace(EP, '').replace(SINGLE, '').replace(LP, '').trim();
  return {
    title: titleForm(bare === '' ? title : bare),
    format,
    live: soundsLive(title),
    common: isCommonTitle(title),
    score: /\b(?:score|partition|musique originale)\b/u.test(foldForSearch(title)),
  };
});

/** Words that, where one title has them and the other has not, make it another recording of the album. */
const OTHER_RECORDING = new Set(
  (
    'live remix remixes remixed remixe dub instrumental instrumentals acoustic unplugged demo demos karaoke cover covers ' +
    'tribute sessions outtakes rarities reimagined revisited reworks reworked orchestral symphonic lullaby'
  ).split(' '),
);

/** Whether what one title has more than the other says that it is another recording ("Silent Alarm Remixed"). */
export function addsAnotherRecording(one: AlbumForm, other: AlbumForm): boolean {
  const [first, second] = [one.title.core.tokens, other.title.core.tokens];
  const extra = [...first.filter((word) => !second.includes(word)), ...second.filter((word) => !first.includes(word))];
  return extra.some((word) => OTHER_RECORDING.has(word));
}

/** Whether the album is called like its artist. */
export function isSelfTitled(form: AlbumForm, artist: string): boolean {
  return form.title.core.squeezed === spellingOf(artist).squeezed;
}
