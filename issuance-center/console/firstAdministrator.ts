/**
 * `npm run staff:first-administrator -- --municipality <code> --login <id> --name <表示名> [--recover <reason>]`: prints the
 * link the administrator enrols with, good for a day. Refused when the municipality has an administrator, unless none of
 * them can sign in any more (`--recover`): that is in the audit.
 */
import { sql } from 'kysely';
import { z } from 'zod';
import { municipalityCode } from '#templates/vocabulary.ts';
import { login } from '../contract/console/session.ts';
import { runCommand } from '../database/command.ts';
import { INVITATION_MS, inviteStaff } from './staffAccounts.ts';

const USAGE =
  'usage: staff:first-administrator -- --municipality <code> --login <id> --name <display name> [--recover <reason>]';
const wish = z.object({
  municipality: municipalityCode,
  login,
  name: z.string().min(1).max(60),
  recover: z.string().min(1).optional(),
});

await runCommand(['municipality', 'login', 'name', 'recover'], async ({ db, options }) => {
  const parsed = wish.safeParse(options);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw new Error(`${USAGE}\n--${String(path[0])}: ${message}`);
  }
  const { municipality, name, recover } = parsed.data;
  const invitation = await db.transaction().execute(async (tx) => {
    const joined = await tx
      .selectFrom('municipality')
      .select('code')
      .where('code', '=', municipality)
      .forUpdate()
      .executeTakeFirst();
    if (!joined) throw new Error(`municipality ${municipality} has not joined: npm run municipality:join`);
    const administrator = await tx
      .selectFrom('staff')
      .select('id')
      .where('municipality', '=', municipality)
      .where('state', '=', 'active')
      .where(sql<boolean>`'administrator' = any(roles)`)
      .executeTakeFirst();
    if (administrator && recover === undefined) {
      throw new Error(`municipality ${municipality} has an administrator already, who invites others`);
    }
    const person = { municipality, login: parsed.data.login, displayName: name, by: 'operator' };
    return inviteStaff(tx, { ...person, roles: ['administrator'] }, Date.now());
  });
  if (!invitation) throw new Error(`the login ${parsed.data.login} is taken`);
  const hours = INVITATION_MS / 3_600_000;
  const origin = process.env['CONSOLE_URL'] ?? `http://localhost:${process.env['CONSOLE_PORT'] ?? '8790'}`;
  process.stdout.write(`${origin.replace(/\/$/, '')}/enrol#${invitation.token}\n`);
  process.stderr.write(`good once, for ${hours} hours; hand it to the person, not to anybody else\n`);
});
