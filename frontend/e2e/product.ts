import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** The day on which every browser test begins: the reference day of the demo data. */
export const today = '2026-11-23';

/** When a product starts: its clock goes on from there. */
const morning = '08:05';

/** When the data that products are copied from are made: well before, as no clock goes back. */
const earlier = '08:00';

/** A running product with the demo data, on a port and a database of its own. */
export interface Product {
  url: string;
  /**
   * Starts it anew on what was done so far, at a later day and time; this one is over. On the same
   * day the time must be past all that was done, as no clock goes back.
   */
  later: (day: string, time?: string) => Promise<Product>;
  stop: () => Promise<void>;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('no port'));
      });
    });
  });
}

/** Room in bytes that a folder in memory must have to hold the data. */
const roomInMemory = 4 * 1024 ** 3;

/** The folder that TMPDIR names; else Linux's folder in memory, if it has room; else the system's. */
async function dataRoot(): Promise<string> {
  if (process.env.TMPDIR) return tmpdir();
  const memory = '/dev/shm';
  try {
    const { bavail, bsize } = await statfs(memory);
    return bavail * bsize >= roomInMemory ? memory : tmpdir();
  } catch {
    return tmpdir();
  }
}

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(await dataRoot(), 'yhdyspinta-e2e-'));
  // Run by root, PostgreSQL has an account of its own, which enters here.
  await chmod(folder, 0o711);
  return folder;
}

/** Starts the built product and waits until it serves. */
export async function startProduct(): Promise<Product> {
  return start(`${today}T${morning}`, await makeFolder(), await freePort(), []);
}

/** The demo data as a new product has them, made once and copied for each test. */
export interface Made {
  /** Starts a product on a copy; one at a time, since all have the same port. */
  start: () => Promise<Product>;
  remove: () => Promise<void>;
}

/** Makes the demo data: a copy starts in a fraction of the time that importing them takes. */
export async function makeData(): Promise<Made> {
  const [folder, port] = [await makeFolder(), await freePort()];
  const of = await launch(`${today}T${earlier}`, folder, port, []);
  await stop(of);
  return {
    start: async () => {
      const copy = await makeFolder();
      // With its owners: what runs as root has an account for PostgreSQL.
      await promisify(execFile)('cp', ['-a', `${folder}/.`, copy]);
      return start(`${today}T${morning}`, copy, port, ['--keep']);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Runs the product until it serves. */
async function launch(
  at: string,
  dataDir: string,
  port: number,
  options: string[],
): Promise<ChildProcess> {
  const binary = path.resolve(import.meta.dirname, '../../bin/yhdyspinta');
  const child = spawn(
    binary,
    [
      'demo',
      '--listen',
      `localhost:${String(port)}`,
      '--data-dir',
      dataDir,
      '--at',
      `${at}:00+02:00`,
      ...options,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`the product did not start\n${output}`)),
        60_000,
      );
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('Yhdyspinta serves')) {
          clearTimeout(timer);
          resolve();
        }
      });
      child.once('exit', (code) => {
        clearTimeout(timer);
        reject(new Error(`the product ended with ${String(code)}\n${output}`));
      });
    });
  } catch (error) {
    await stop(child);
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
  return child;
}

async function start(
  at: string,
  dataDir: string,
  port: number,
  options: string[],
): Promise<Product> {
  const child = await launch(at, dataDir, port, options);
  return {
    url: `http://localhost:${String(port)}`,
    later: async (day, time = morning) => {
      await stop(child);
      // On the same port: a person is known by the address of their identity provider.
      return start(`${day}T${time}`, dataDir, port, ['--keep']);
    },
    stop: async () => {
      await stop(child);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
}
