import type { InstallWay } from '../../../web/lib/pwa/installWay.ts';
import type { Sentence } from './sentence.ts';

/** Installing: what stands where the browser offers it, where it is done, and on an iPhone or iPad; nothing stands elsewhere. */
export const INSTALL = {
  installed: {
    when: 'the window is the installed app, or it was installed from here',
    en: 'Installed on this device.',
    fr: 'Installé sur cet appareil.',
  },
  prompt: {
    when: 'the browser offers to install it',
    en: 'On the home screen, without the browser around it.',
    fr: 'Sur l’écran d’accueil, sans le navigateur autour.',
  },
  share: {
    when: 'an iPhone or iPad, at a secure address',
    en: 'Tap Share in the browser’s bar.',
    fr: 'Touchez Partager dans la barre du navigateur.',
  },
} satisfies Readonly<Record<NonNullable<InstallWay>, Sentence>>;
