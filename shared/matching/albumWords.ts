import { foldForSearch } from './fold.ts';
import { remembered } from './memo.ts';
import { ownKinds, titleForm } from './titles.ts';

const LIVE =
  /\blive (?:at|in|from|on|a|au|aux|en|und|and|album|recordings?|sessions?|anthology|\d{4})\b|\blive$|^live\b|\b(?:unplugged|in concert|en concert|en public|ao vivo|en vivo|en directo|dal vivo|bbc sessions?|peel sessions?|bootleg series|alive)\b|ライブ|ライヴ|концерт/u;
const COLLECTION =
  /^(?:the )?(?:very |absolute )?(?:best|best of|greatest|greatest hits|hits|singles|essentials?|anthology|collection|collected|gold|platinum|complete|ultimate|definitive|introduction|remixes|live|unplugged|acoustic|christmas|compilation|single|ep|unknown album|untitled|soundtrack|original soundtrack|demos|b sides|rarities|retrospective|best hits|le meilleur|grandes exitos|exitos|collezione|die besten|lo mejor|mtv unplugged|live sessions?|in concert|20th century masters|playlist|icon|album|intégrale|integrale)\b(?: (?:of|de|the|hits|best|ever|collection|album|live|volume|vol|and|singles|years|in|concert|very|essential|von|\d+|i{1,3}|iv|v))*$/u;

/** Whether the album's title says that it was recorded before an audience. */
export const soundsLive = remembered(
  (title: string): boolean => ownKinds(titleForm(title)).includes('live') || LIVE.test(foldForSearch(title)),
);

/** Whether hundreds of artists have an album of that name ("Greatest Hits", "Live"), so that it says little by itself. */
export const isCommonTitle = remembered((title: string): boolean =>
  COLLECTION.test(titleForm(title).core.words.join(' ')),
);
