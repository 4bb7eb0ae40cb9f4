/** The words of the page in Japanese and English. Every key is written out where it is used; a test proves both are whole. */
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import en from './texts/en.json' with { type: 'json' };
import ja from './texts/ja.json' with { type: 'json' };

export type TextKey = keyof typeof ja;
export type Say = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

export const languages = ['ja', 'en'] as const;
export type Language = (typeof languages)[number];

/** Japanese for whoever reads it, English for everybody else. */
export const preferredLanguage = (wanted: readonly string[]): Language =>
  wanted.some((tag) => tag.toLowerCase().startsWith('ja')) ? 'ja' : 'en';

export function loadWords(language: Language): void {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'ja',
    resources: { ja: { translation: ja }, en: { translation: en } },
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
}

export function useSay(): Say {
  const { t } = useTranslation();
  return (key, values) => t(key, values ?? {});
}

export function useLanguage(): readonly [Language, (language: Language) => void] {
  const { i18n } = useTranslation();
  return [i18n.language as Language, (language) => void i18n.changeLanguage(language)];
}

/** `2026-11-21` as 令和8年11月21日 or 21 November 2026. */
export function dateText(date: string, language: Language): string {
  const options = { dateStyle: 'long', timeZone: 'UTC' } as const;
  const locale = language === 'ja' ? 'ja-JP-u-ca-japanese' : 'en-GB';
  return new Intl.DateTimeFormat(locale, options).format(new Date(`${date}T00:00:00Z`));
}
