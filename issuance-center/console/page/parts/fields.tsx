/**
 * Fields of a form. Each belongs to a path of what is edited; faults of that path stand beside it. Values are the page's:
 * fields keep only the text that is being typed and is not a value yet.
 */
import { useId, useRef, useState, type ReactNode } from 'react';
import type { CivilDate } from '#templates/vocabulary.ts';
import { dayWords, typedDay, typedDecimal, typedNumber, typedTime, westernWords } from '../base/dates.ts';
import { fieldId, useFaultsOf } from './Form.tsx';

interface Common {
  /** of the value in what is edited: kinds.0.fees.1.fee */
  readonly path: string;
  readonly label: string;
  readonly help?: ReactNode;
  /** cannot be changed, and why; empty where that is said elsewhere */
  readonly locked?: string;
  /** the label is read out and not shown: a cell of a grid whose headings say it */
  readonly isLabelHidden?: boolean;
}

interface Aria {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
  readonly readOnly: boolean | undefined;
}

/** Label, control, help and faults of one field. */
export function Field({
  path,
  label,
  help,
  locked,
  isLabelHidden,
  extra,
  wrong,
  children,
}: Common & {
  /** what the typed text is read as */
  readonly extra?: ReactNode;
  /** what is typed is no value */
  readonly wrong?: string | undefined;
  readonly children: (aria: Aria) => ReactNode;
}) {
  const id = fieldId(path);
  const note = useId();
  const faults = useFaultsOf(path);
  const reasons = wrong ? [wrong] : faults;
  const described = Boolean(help || locked || extra || reasons.length > 0);
  return (
    <div className="field" data-faulty={reasons.length > 0 || undefined}>
      <label htmlFor={id} className={isLabelHidden ? 'visually-hidden' : 'field-label'}>
        {label}
      </label>
      {children({
        id,
        'aria-describedby': described ? note : undefined,
        'aria-invalid': reasons.length > 0 || undefined,
        readOnly: locked !== undefined || undefined,
      })}
      <div id={note} className="field-notes">
        {extra && <span className="field-extra">{extra}</span>}
        {reasons.map((reason) => (
          <span key={reason} className="field-fault">
            {reason}
          </span>
        ))}
        {(locked ?? help) && <span className="field-help">{locked ?? help}</span>}
      </div>
    </div>
  );
}

interface TextProps extends Common {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly maxLength?: number;
  readonly lines?: number;
  readonly type?: 'text' | 'email' | 'password';
  readonly autoComplete?: string;
}

export function TextField({ value, onChange, maxLength, lines, type, autoComplete, ...common }: TextProps) {
  return (
    <Field {...common}>
      {(aria) =>
        lines ? (
          <textarea
            {...aria}
            rows={lines}
            value={value}
            maxLength={maxLength}
            onChange={({ target }) => onChange(target.value)}
          />
        ) : (
          <input
            {...aria}
            type={type ?? 'text'}
            value={value}
            maxLength={maxLength}
            autoComplete={autoComplete ?? 'off'}
            onChange={({ target }) => onChange(target.value)}
          />
        )
      }
    </Field>
  );
}

/** Text that is read as a value when it can be; until then there is no value, and the field says so. */
function useTyped<Value>(
  value: Value | undefined,
  show: (value: Value) => string,
  read: (text: string) => Value | undefined,
) {
  const [typed, setTyped] = useState<string>();
  const text = typed ?? (value === undefined ? '' : show(value));
  const isWrong = typed !== undefined && typed.trim() !== '' && read(typed) === undefined;
  return { text, setTyped, isWrong };
}

interface NumberProps extends Common {
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
  /** 円, 日, mm */
  readonly unit?: string;
  /** 21.5 is one, too */
  readonly isDecimal?: boolean;
  /** what the number means in other words */
  readonly extra?: string;
}

/** A whole number, unless `isDecimal`. */
export function NumberField({ value, onChange, unit, isDecimal, ...common }: NumberProps) {
  const read = isDecimal ? typedDecimal : typedNumber;
  const { text, setTyped, isWrong } = useTyped(value, String, read);
  return (
    <Field {...common} wrong={isWrong ? '数字で入れてください' : undefined}>
      {(aria) => (
        <span className="with-unit">
          <input
            {...aria}
            inputMode={isDecimal ? 'decimal' : 'numeric'}
            className="short"
            autoComplete="off"
            value={text}
            onChange={({ target }) => {
              setTyped(target.value);
              onChange(read(target.value));
            }}
            onBlur={() => void (isWrong || setTyped(undefined))}
          />
          {unit && <span aria-hidden="true">{unit}</span>}
        </span>
      )}
    </Field>
  );
}

/** Yen. */
export function MoneyField(props: Omit<NumberProps, 'unit'>) {
  return <NumberField {...props} unit="円" />;
}

interface DayProps extends Common {
  readonly value: CivilDate | undefined;
  readonly onChange: (value: CivilDate | undefined) => void;
}

/** Typed in any usual way, read back in Japanese and Gregorian, or chosen from the browser's own calendar. */
export function DayField({ value, onChange, ...common }: DayProps) {
  const { text, setTyped, isWrong } = useTyped<CivilDate>(value, shownDay, typedDay);
  const calendar = useRef<HTMLInputElement>(null);
  return (
    <Field
      {...common}
      wrong={isWrong ? '日付として読めません。例：令和8年11月20日、2026-11-20' : undefined}
      extra={value && !isWrong ? `${dayWords(value)}＝${westernWords(value)}` : undefined}
    >
      {(aria) => (
        <span className="with-unit">
          <input
            {...aria}
            className="day-input"
            autoComplete="off"
            placeholder="例：R8.11.20"
            value={text}
            onChange={({ target }) => {
              setTyped(target.value);
              onChange(typedDay(target.value));
            }}
            onBlur={() => void (isWrong || setTyped(undefined))}
          />
          {common.locked === undefined && (
            <span className="calendar">
              <input
                ref={calendar}
                type="date"
                tabIndex={-1}
                aria-hidden="true"
                value={value ?? ''}
                onChange={({ target }) => {
                  setTyped(undefined);
                  onChange(typedDay(target.value));
                }}
              />
              <button
                type="button"
                className="button button-small"
                aria-label={`${common.label}をカレンダーからえらぶ`}
                onClick={() => calendar.current?.showPicker()}
              >
                カレンダー
              </button>
            </span>
          )}
        </span>
      )}
    </Field>
  );
}

/** Without the weekday, so that it can be edited. */
const shownDay = (day: CivilDate): string => dayWords(day).replace(/（.*/, '');

interface TimeProps extends Common {
  /** HH:MM */
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** 00:00 to 24:00. */
export function TimeField({ value, onChange, ...common }: TimeProps) {
  const { text, setTyped, isWrong } = useTyped<string>(value, (time) => time, typedTime);
  return (
    <Field {...common} wrong={isWrong ? '時刻として読めません。例：8:30' : undefined}>
      {(aria) => (
        <input
          {...aria}
          className="time-input"
          inputMode="numeric"
          autoComplete="off"
          value={text}
          onChange={({ target }) => {
            setTyped(target.value);
            onChange(typedTime(target.value));
          }}
          onBlur={() => void (isWrong || setTyped(undefined))}
        />
      )}
    </Field>
  );
}

interface SelectProps<Value extends string> extends Common {
  readonly value: Value | undefined;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}

export function SelectField<Value extends string>(props: SelectProps<Value>) {
  const { value, choices, onChange, ...common } = props;
  return (
    <Field {...common}>
      {({ readOnly, ...aria }) => (
        <select
          {...aria}
          value={value ?? ''}
          disabled={readOnly}
          onChange={({ target }) => onChange(target.value as Value)}
        >
          {value === undefined && <option value="">えらんでください</option>}
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface CheckProps extends Common {
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
}

/** One thing to tick, with its explanation under it. */
export function CheckField({ isChecked, onChange, ...common }: CheckProps) {
  const { path, label, help, locked, isLabelHidden } = common;
  const note = useId();
  const faults = useFaultsOf(path);
  return (
    <div className="check" data-faulty={faults.length > 0 || undefined}>
      <label className="choice">
        <input
          id={fieldId(path)}
          type="checkbox"
          checked={isChecked}
          disabled={locked !== undefined}
          aria-describedby={help || locked || faults.length > 0 ? note : undefined}
          onChange={({ target }) => onChange(target.checked)}
        />
        <span className={isLabelHidden ? 'visually-hidden' : undefined}>{label}</span>
      </label>
      <div id={note} className="field-notes">
        {faults.map((reason) => (
          <span key={reason} className="field-fault">
            {reason}
          </span>
        ))}
        {(locked ?? help) && <span className="field-help">{locked ?? help}</span>}
      </div>
    </div>
  );
}

interface GroupProps {
  readonly path: string;
  readonly legend: string;
  readonly isLegendHidden?: boolean;
  readonly help?: ReactNode;
  readonly children: ReactNode;
}

/** Several fields that answer one question; faults of the whole stand under the legend. */
export function FieldGroup({ path, legend, isLegendHidden, help, children }: GroupProps) {
  const faults = useFaultsOf(path);
  return (
    <fieldset className="group" id={fieldId(path)} data-faulty={faults.length > 0 || undefined} tabIndex={-1}>
      <legend className={isLegendHidden ? 'visually-hidden' : undefined}>{legend}</legend>
      {help && <p className="field-help">{help}</p>}
      {faults.map((reason) => (
        <p key={reason} className="field-fault">
          {reason}
        </p>
      ))}
      {children}
    </fieldset>
  );
}
