/** Every page of the console. Each area lists its own; a task of the navigation shows when it has a page. */
import type { ConsolePage, OpenPage } from '../base/pages.tsx';
import { configurationPages } from './configuration/pages.ts';

export const consolePages: readonly ConsolePage[] = [...configurationPages];

/** For people who are not signed in: an invitation. */
export const openPages: readonly OpenPage[] = [];
