/** Who is signed in, and the center's clock. */
import { createContext, useContext, type ReactNode } from 'react';
import { civilMoment } from '#templates/civilTime.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import type { Me } from '../../../contract/console/session.ts';
import { mayAct, type Act } from '../../permissions.ts';

export interface Who extends Me {
  /** instant of the center's clock, milliseconds */
  readonly clock: () => number;
  readonly may: (act: Act) => boolean;
}

/** `now` of the answer goes on with this machine's time: the two agree on how long a minute is. */
export function whoIs(me: Me): Who {
  const asked = performance.now();
  const then = Date.parse(me.now);
  return {
    ...me,
    clock: () => then + performance.now() - asked,
    may: (act) => mayAct(me.roles, act),
  };
}

const Signed = createContext<Who | undefined>(undefined);

export function SignedIn({ who, children }: { readonly who: Who; readonly children: ReactNode }) {
  return <Signed value={who}>{children}</Signed>;
}

/** Only for pages behind the sign-in. */
export function useWho(): Who {
  const who = useContext(Signed);
  if (!who) throw new Error('nobody is signed in on this page');
  return who;
}

/** Today in Japan by the center's clock. */
export const todayOf = (who: Who): CivilDate => civilMoment(who.clock()).date;
