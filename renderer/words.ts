/**
 * The words of the screens. One resource file per language in texts/; Japanese is the first and the fallback.
 * Every key is written out where it is used, so that a test can prove none is missing and none is left over.
 */
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import ja from './texts/ja.json' with { type: 'json' };

export type TextKey = keyof typeof ja;
export type Say = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

/** Languages with a resource file; the language slot of the frame offers them. */
export const languages = ['ja'] as const;
export type Language = (typeof languages)[number];

/** Loads the words; synchronous because they are part of the bundle. */
export function loadWords(): void {
  void i18next.use(initReactI18next).init({
    lng: 'ja',
    fallbackLng: 'ja',
    resources: { ja: { translation: ja } },
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
}

/** The sentence for a key in the language shown now. */
export function useSay(): Say {
  const { t } = useTranslation();
  return (key, values) => t(key, values ?? {});
}

/** Whole yen as `1,200円`. */
export function yenText(say: Say, amount: number): string {
  return say('money.yen', { amount: amount.toLocaleString('ja-JP') });
}

const JST_OFFSET_MS = 9 * 60 * 60 * 1000;

/** An instant (ISO 8601) as the clock on the wall in Japan says it: `11月21日（土） 午前6時30分`. */
export function momentText(say: Say, instant: string): string {
  const wall = new Date(Date.parse(instant) + JST_OFFSET_MS);
  const day = say('time.day', {
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    weekday: say('time.weekdays').charAt(wall.getUTCDay()),
  });
  const hour = wall.getUTCHours();
  const time =
    hour < 12 ? say('time.hour', { day, hour }) : say('time.hourAfternoon', { day, hour: hour - 12 });
  const minute = wall.getUTCMinutes();
  return minute === 0 ? time : say('time.minute', { time, minute });
}
