import { describe, expect, it } from 'vitest';
import { wordsAtHome } from './atHome.ts';
import { noticeOf, notices } from './notices.ts';

/** Whatever card, agent and center can answer to an application at home. */
const ASKED_AT_HOME = /^(CARD|SIGN|AUTH|APPL)-|^SYS-01$/;
const OF_A_STORE = /店員|この機械|お金|証明書をえらぶ画面|市区町村の証明書からえらん/;

describe('the words of a notice at home', () => {
  it.each(notices.map(({ code }) => code).filter((code) => ASKED_AT_HOME.test(code)))(
    '%s speaks of no store, its staff or money',
    (code) => {
      const { title, text, todo } = wordsAtHome(noticeOf(code));
      for (const words of [title, text, todo]) expect(words).not.toMatch(OF_A_STORE);
    },
  );
});
