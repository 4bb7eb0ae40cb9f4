/** 証明書の種類. */
import { definePage, type ConsolePage } from '../../base/pages.tsx';
import { EditorPage } from './EditorPage.tsx';
import { OverviewPage } from './OverviewPage.tsx';
import { EDITOR, OVERVIEW, VERSION } from './places.ts';
import { VersionPage } from './VersionPage.tsx';

const common = { task: 'certificates', act: 'view-configuration' } as const;
export const configurationPages: readonly ConsolePage[] = [
  definePage({ ...common, path: OVERVIEW, page: OverviewPage }),
  definePage({ ...common, path: VERSION, page: VersionPage }),
  definePage({ ...common, path: EDITOR, act: 'edit-configuration', page: EditorPage }),
];
