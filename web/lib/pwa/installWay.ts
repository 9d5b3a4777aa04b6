export interface InstallFacts {
  /** This window is the installed app, or it was installed from here. */
  installed: boolean;
  /** The browser has offered to install. */
  prompt: boolean;
  secure: boolean;
  /** An iPhone or iPad, where every browser installs by its share sheet and never offers to. */
  apple: boolean;
}

/** How AIME can be installed here; null where it cannot, and nothing is offered. */
export type InstallWay = 'installed' | 'prompt' | 'share' | null;

export function installWay({ installed, prompt, secure, apple }: InstallFacts): InstallWay {
  if (installed) return 'installed';
  if (prompt) return 'prompt';
  return apple && secure ? 'share' : null;
}

/** An iPad calls itself a Macintosh, but no Macintosh has a screen that is touched. */
export function isAppleHandheld({
  userAgent,
  maxTouchPoints,
}: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>): boolean {
  return /iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1);
}
