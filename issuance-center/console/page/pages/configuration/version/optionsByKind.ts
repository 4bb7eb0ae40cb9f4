/** Options that a profile offers, by kind, whatever else is missing in it. Pure. */
import { draftProfile } from '../draftProfile.ts';

export const optionsByKind = (profile: unknown): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(draftProfile.parse(profile).kinds.map(({ kind, options }) => [kind, options]));
