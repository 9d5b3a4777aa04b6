import { type ChildProcess, spawn } from 'node:child_process';

const LOCK_SCRIPT = `
import Libsql from 'libsql';
const db = new Libsql(process.argv[1]);
db.exec('PRAGMA busy_timeout = 20000');
for (const statement of process.argv.slice(2)) { if (/^SELECT/.test(statement)) db.prepare(statement).all([]); else db.exec(statement); }
console.log('held');
// Whoever is collected lets go.
setInterval(() => db.inTransaction, 1_000);
`;

/** Another program that has the library open in the middle of something. @returns ends it, without a commit */
export async function another(file: string, ...statements: string[]): Promise<() => void> {
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', LOCK_SCRIPT, file, ...statements], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout!.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`The other program ended with ${code}`)));
  });
  return () => void child.kill('SIGKILL');
}
