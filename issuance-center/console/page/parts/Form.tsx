/** A form: what is wrong stands in a summary on top, with links, and beside each field (fields.tsx). */
import { createContext, useContext, useEffect, useRef, type FormEvent, type ReactNode } from 'react';
import type { FieldFault } from '../base/api.ts';

const Faults = createContext<readonly FieldFault[]>([]);

/** Reasons for one field. */
export const useFaultsOf = (path: string): readonly string[] =>
  useContext(Faults).flatMap((fault) => (fault.path === path ? [fault.reason] : []));
/** Faults of a field and everything in it. */
export const useFaultsUnder = (path: string): readonly FieldFault[] =>
  useContext(Faults).filter((fault) => fault.path === path || fault.path.startsWith(`${path}.`));

/** Id of the field's control in the page. */
export const fieldId = (path: string): string => `field-${path.replaceAll('.', '-')}`;

interface Props {
  readonly faults: readonly FieldFault[];
  /** why nothing was done, when no field is at fault */
  readonly reason?: string;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
  /** what a path is called in the summary; default: nothing before the reason */
  readonly nameOf?: (path: string) => string | undefined;
}

/** For forms of a few fields; a large one puts FaultSummary and FaultsOf where they belong. */
export function Form({ faults, reason, onSubmit, children, nameOf }: Props) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <FaultsOf faults={faults}>
      <form className="form stack" noValidate onSubmit={submit}>
        <FaultSummary faults={faults} reason={reason} nameOf={nameOf} isFocused />
        {children}
      </form>
    </FaultsOf>
  );
}

export function FaultsOf({
  faults,
  children,
}: {
  readonly faults: readonly FieldFault[];
  readonly children: ReactNode;
}) {
  return <Faults value={faults}>{children}</Faults>;
}

interface SummaryProps {
  readonly faults: readonly FieldFault[];
  readonly reason?: string;
  readonly nameOf?: (path: string) => string | undefined;
  /** focus goes to it when it appears */
  readonly isFocused?: boolean;
  /** shows the place of a field before focus goes there: a section that is folded */
  readonly onGoTo?: (path: string) => void;
}

/** Links to every field that is not right. */
export function FaultSummary({ faults, reason, nameOf, isFocused, onGoTo }: SummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isFocused && (faults.length > 0 || reason)) box.current?.focus();
  }, [faults, reason, isFocused]);
  if (faults.length === 0 && !reason) return null;
  const go = (path: string) => {
    onGoTo?.(path);
    requestAnimationFrame(() => focusOn(path));
  };
  return (
    <div className="notice notice-bad" role="group" aria-labelledby="faults-title" ref={box} tabIndex={-1}>
      <span className="notice-name">エラー</span>
      <div>
        <p className="notice-title" id="faults-title">
          {faults.length > 0 ? `直すところが${faults.length}つあります` : reason}
        </p>
        {faults.length > 0 && (
          <ul className="faults">
            {faults.map(({ path, reason: why }, index) => (
              <li key={`${path} ${index}`}>
                <a
                  href={`#${fieldId(path)}`}
                  onClick={(event) => {
                    event.preventDefault();
                    go(path);
                  }}
                >
                  {[nameOf?.(path), why].filter(Boolean).join('：')}
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

/** The field, or the nearest thing around it that is on the page. */
function focusOn(path: string): void {
  const parts = path.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const found = document.getElementById(fieldId(parts.slice(0, length).join('.')));
    if (!found) continue;
    const control = found.matches('input,select,textarea,button,[tabindex]')
      ? found
      : (found.querySelector<HTMLElement>('input,select,textarea,button') ?? found);
    control.focus();
    control.scrollIntoView({ block: 'center' });
    return;
  }
}
