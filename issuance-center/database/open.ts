/** The center's database by its configuration: the server at DATABASE_URL, or the private one of DATA_DIR. */
import { connect, type CenterDatabase } from './connect.ts';
import { migrateToLatest } from './migrations.ts';
import { runningPrivateServer, startPrivateServer } from './privateServer.ts';

export interface OpenedDatabase {
  readonly db: CenterDatabase;
  readonly kind: 'external' | 'private';
  readonly close: () => Promise<void>;
}

export interface DatabasePlace {
  readonly databaseUrl?: string;
  readonly dataDir: string;
}

/** Opens and migrates. Throws with one sentence when there is no database to be had. */
export async function databaseFor({ databaseUrl, dataDir }: DatabasePlace): Promise<OpenedDatabase> {
  const server = databaseUrl === undefined ? await privateServer(dataDir) : undefined;
  const db = connect(server?.url ?? databaseUrl!);
  const close = async () => {
    await db.destroy();
    await server?.stop();
  };
  try {
    await migrateToLatest(db);
  } catch (error) {
    await close();
    throw new Error(`the database cannot be used: ${reasonOf(error)}`, { cause: error });
  }
  return { db, kind: server ? 'private' : 'external', close };
}

/** A command beside a running center uses the center's server and leaves it running. */
async function privateServer(dataDir: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const running = runningPrivateServer(dataDir);
  return running ? { url: running, stop: () => Promise.resolve() } : startPrivateServer({ dataDir });
}

/** The innermost reason, without anything that could hold the URL's password. */
function reasonOf(error: unknown): string {
  const innermost = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { code, message } = innermost as { code?: string; message?: string };
  return `${code ?? 'error'}: ${(message ?? '').replace(/postgres(ql)?:\/\/\S+/g, 'the database')}`;
}
