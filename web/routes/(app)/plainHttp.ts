const READ = 'aime.plainHttpRead';

/** Whether this device has shown already that it cannot work offline at this address. */
export function isRead(): boolean {
  try {
    return localStorage.getItem(READ) !== null;
  } catch (error) {
    // A private window may refuse storage: then it is shown each time.
    if (!(error instanceof DOMException)) throw error;
    return false;
  }
}

export function setRead(): void {
  try {
    localStorage.setItem(READ, 'yes');
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
