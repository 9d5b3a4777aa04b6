import { foldForSearch } from './fold.ts';
import { remembered } from './memo.ts';
import { ownKinds, titleForm } from './titles.ts';

const LIVE = new RegExp(
  [
    '\\blive (?:at|in|from|on|a|au|aux|en|und|and|album|recordings?|sessions?|anthology|\\d{4})\\b|\\blive$|^live\\b',
    '\\b(?:unplugged|alive|in concert|en concert|en public|ao vivo|en vivo|en directo|dal vivo)\\b',
    '\\b(?:bbc sessions?|peel sessions?|bootleg series)\\b',
    'ライブ|ライヴ|концерт',
  ].join('|'),
  'u',
);
const COLLECTION = new RegExp(
  '^(?:the )?(?:very |absolute )?' +
    '(?:best|greatest|hits|singles|essentials?|anthology|collection|collected|gold|platinum|complete|ultimate|definitive' +
    '|introduction|retrospective|playlist|icon|compilation|20th century masters|album|single|ep|untitled|unknown album' +
    '|live|live sessions?|in concert|unplugged|mtv unplugged|acoustic|remixes|demos|b sides|rarities|christmas' +
    '|soundtrack|original soundtrack|le meilleur|integrale|grandes exitos|exitos|lo mejor|collezione|die besten)\\b' +
    '(?: (?:of|de|von|the|and|hits|best|ever|collection|album|live|concert|singles|years|in|very|essential|volume|vol' +
    '|\\d+|i{1,3}|iv|v))*$',
  'u',
);

/** Whether the album's title says that it was recorded before an audience. */
export const soundsLive = remembered(
  (title: string): boolean => ownKinds(titleForm(title)).includes('live') || LIVE.test(foldForSearch(title)),
);

/** Whether hundreds of artists have an album of that name ("Greatest Hits", "Live"), so that it says little by itself. */
export const isCommonTitle = remembered((title: string): boolean =>
  COLLECTION.test(titleForm(title).core.tokens.join(' ')),
);
