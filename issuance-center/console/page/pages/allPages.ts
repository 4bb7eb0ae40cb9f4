/** Every page of the console. Each area lists its own; a task of the navigation shows when it has a page. */
import type { ConsolePage, OpenPage } from '../base/pages.tsx';
import { accountPages } from './account/pages.ts';
import { applicationPages } from './applications/pages.ts';
import { auditPages } from './audit/pages.ts';
import { configurationPages } from './configuration/pages.ts';
import { counterPages } from './counter/pages.ts';
import { disclosurePages } from './disclosure/pages.ts';
import { issuedPages } from './issued/pages.ts';
import { registersPages } from './registers/pages.ts';
import { reportPages } from './reports/pages.ts';
import { signInPages } from './sign-in/pages.ts';
import { staffPages } from './staff/pages.ts';
import { watchPages } from './watch/pages.ts';
import { wrongCertificatePages } from './wrong-certificate/pages.ts';

export const consolePages: readonly ConsolePage[] = [
  ...watchPages,
  ...registersPages,
  ...applicationPages,
  ...issuedPages,
  ...wrongCertificatePages,
  ...configurationPages,
  ...reportPages,
  ...disclosurePages,
  ...counterPages,
  ...staffPages,
  ...auditPages,
  ...accountPages,
];

/** For people who are not signed in: an invitation. */
export const openPages: readonly OpenPage[] = [...signInPages];
