/** A day and a time of day in Japan as an instant. */
import { instantOf } from '#templates/civilTime.ts';
import { minutesOf } from '#templates/profileSchema.ts';
import type { CivilDate } from '#templates/vocabulary.ts';

export const instantOfDay = (day: CivilDate, time: string): string =>
  new Date(instantOf(day, minutesOf(time))).toISOString();
