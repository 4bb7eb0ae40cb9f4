import { useSay, type TextKey } from '../words.ts';
import { addressUnits, type AddressUnit, type EditAct, type Editing } from './editing.ts';
import type { KeyboardKind } from './JapaneseKeyboard.tsx';
import { canMark, inHiragana, type KanaMark } from './kana.ts';
import { Key } from './Key.tsx';
import { digitRows, HYPHEN, kanaRows, markKeys, NO_KEY, unitRows } from './keys.ts';

export interface KeysProps {
  readonly editing: Editing;
  readonly waiting: boolean;
  readonly act: (act: EditAct) => void;
}

const MARKS: Readonly<Record<KanaMark, { readonly sign: TextKey; readonly label: TextKey }>> = {
  voiced: { sign: 'keyboard.voiced', label: 'keyboard.voiced.label' },
  'half-voiced': { sign: 'keyboard.halfVoiced', label: 'keyboard.halfVoiced.label' },
  small: { sign: 'keyboard.small', label: 'keyboard.small.label' },
};

const acts = (entries: readonly (readonly [string, EditAct])[]): ReadonlyMap<string, EditAct> =>
  new Map(entries);
const KANA = acts([...kanaRows.join('')].map((kana) => [kana, { type: 'kana', kana }]));
const DIGITS = acts([...digitRows.flat(), '0', HYPHEN].map((digit) => [digit, { type: 'digit', digit }]));
const UNITS = acts(
  (Object.keys(addressUnits) as AddressUnit[]).map((unit) => [unit, { type: 'unit', unit }]),
);
const MARK_ACTS = acts(markKeys.map((mark) => [mark, { type: 'mark', mark }]));
const SPACE: EditAct = { type: 'space' };
const DELETE_ONE: EditAct = { type: 'deleteOne' };
const DELETE_ALL: EditAct = { type: 'deleteAll' };

/** 五十音 in columns, ゛゜小 behind わ. */
export function KanaKeys({ kind, editing, waiting, act }: KeysProps & { readonly kind: KeyboardKind }) {
  const say = useSay();
  const last = editing.reading || (kind === 'kana' ? inHiragana(editing.before) : '');
  const markable = (mark: KanaMark) => !editing.pieces && canMark(last, mark);
  const kanaKey = (kana: string, place: string) =>
    kana === NO_KEY ? (
      <span key={place} />
    ) : (
      <Key key={kana} text={kana} one={KANA.get(kana)!} act={act} waiting={waiting} />
    );
  const markKey = (mark: KanaMark) => (
    <Key
      key={mark}
      text={say(MARKS[mark].sign)}
      one={MARK_ACTS.get(mark)!}
      act={act}
      waiting={waiting}
      off={!markable(mark)}
      look="button-mark"
      mark={mark}
      label={say(MARKS[mark].label)}
    />
  );
  // the space key lies over the two places behind the last rows
  const behind = (row: number) => {
    const mark = markKeys[row];
    if (mark !== undefined) return markKey(mark);
    return kind === 'address' ? <span key={`behind-${row}`} /> : null;
  };
  return (
    <div className="kana-keys">
      {kanaRows.flatMap((row, index) => [
        ...[...row].map((kana, column) => kanaKey(kana, `${index}-${column}`)),
        behind(index),
      ])}
      {kind === 'address' ? null : (
        <div className="key-space">
          <Key text={say('keyboard.space')} one={SPACE} act={act} waiting={waiting} look="button-key-word" />
        </div>
      )}
    </div>
  );
}

/** Digits and the words of addresses that go with them. */
export function DigitKeys({ waiting, act }: KeysProps) {
  const digit = (text: string) => (
    <Key key={text} text={text} one={DIGITS.get(text)!} act={act} waiting={waiting} />
  );
  const unit = (text: string) => (
    <Key key={text} text={text} one={UNITS.get(text)!} act={act} waiting={waiting} look="button-key-word" />
  );
  return (
    <div className="digit-keys">
      {[...digitRows, null].flatMap((row, index) => [
        ...(row ? row.map(digit) : [digit(HYPHEN), digit('0'), <span key="none" />]),
        ...(unitRows[index] ?? []).map(unit),
      ])}
    </div>
  );
}

/** Digits only: a telephone number is entered without hyphens. */
export function TelephoneKeys({ editing, waiting, act }: KeysProps) {
  const say = useSay();
  const empty = editing.before === '' && editing.after === '';
  const digit = (text: string) => (
    <Key key={text} text={text} one={DIGITS.get(text)!} act={act} waiting={waiting} />
  );
  const deletion = (text: string, one: EditAct) => (
    <Key text={text} one={one} act={act} waiting={waiting} off={empty} look="button-key-word" />
  );
  return (
    <div className="keys">
      {digitRows.flat().map(digit)}
      {deletion(say('pin.deleteAll'), DELETE_ALL)}
      {digit('0')}
      {deletion(say('pin.delete'), DELETE_ONE)}
    </div>
  );
}
