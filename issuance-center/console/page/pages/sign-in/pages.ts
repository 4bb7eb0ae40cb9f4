/** For people who are not signed in. */
import { defineOpenPage, type OpenPage } from '../../base/pages.tsx';
import { EnrolPage } from './EnrolPage.tsx';

export const signInPages: readonly OpenPage[] = [defineOpenPage({ path: '/enrol', page: EnrolPage })];
