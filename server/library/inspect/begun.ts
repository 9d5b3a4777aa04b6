/** What the checking process says before it looks at the file: until then, nothing that happens to it is the file's doing. */
export const BEGUN = 'begun\n';
