/** What every section of the editor needs: the draft, what it follows, today, and names. */
import { createContext, useContext, type ReactNode } from 'react';
import type { CivilDate } from '#templates/vocabulary.ts';
import type { ProfileWords } from '../../../../../configuration/profileWords.ts';
import type { Choices } from '../../../../../contract/console/configuration.ts';
import type { DraftProfile } from '../draftProfile.ts';
import type { Draft } from '../useDraft.ts';

export interface Edit {
  readonly draft: Draft;
  /** the version it follows */
  readonly base: DraftProfile | undefined;
  readonly today: CivilDate;
  /** service has begun: days that have come stay as they were */
  readonly isRunning: boolean;
  readonly known: Choices;
  readonly words: ProfileWords;
}

const Editing = createContext<Edit | undefined>(undefined);

export function EditOf({ edit, children }: { readonly edit: Edit; readonly children: ReactNode }) {
  return <Editing value={edit}>{children}</Editing>;
}

export function useEdit(): Edit {
  const edit = useContext(Editing);
  if (!edit) throw new Error('not in the editor');
  return edit;
}
