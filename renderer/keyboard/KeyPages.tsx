import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useSay, type TextKey } from '../words.ts';
import { canMove, canResize, type EditAct, type Editing } from './editing.ts';
import { canMark, inHiragana, type KanaMark } from './kana.ts';
import { digitRows, HYPHEN, kanaRows, markKeys, NO_KEY, unitRows } from './keys.ts';
import type { KeyPage } from './KeyboardView.tsx';
import type { KeyboardKind } from './JapaneseKeyboard.tsx';

interface KeysProps {
  readonly editing: Editing;
  readonly waiting: boolean;
  readonly act: (act: EditAct) => void;
}
interface KeyProps {
  readonly children: ReactNode;
  readonly act: () => void;
  readonly off?: boolean;
  readonly waiting: boolean;
  readonly look?: string;
  readonly label?: string;
  readonly mark?: KanaMark;
}

function Key({ children, act, off, waiting, look = '', label, mark }: KeyProps) {
  return (
    <Button
      className={`button button-key ${look}`}
      isDisabled={waiting || off}
      data-resting={(waiting && !off) || undefined}
      data-mark={mark}
      aria-label={label}
      onPress={act}
    >
      {children}
    </Button>
  );
}

const MARKS: Readonly<Record<KanaMark, { readonly sign: TextKey; readonly label: TextKey }>> = {
  voiced: { sign: 'keyboard.voiced', label: 'keyboard.voiced.label' },
  'half-voiced': { sign: 'keyboard.halfVoiced', label: 'keyboard.halfVoiced.label' },
  small: { sign: 'keyboard.small', label: 'keyboard.small.label' },
};

/** 五十音 in columns, ゛゜小 behind わ. */
export function KanaKeys({ kind, editing, waiting, act }: KeysProps & { readonly kind: KeyboardKind }) {
  const say = useSay();
  const last = editing.reading || (kind === 'kana' ? inHiragana(editing.before) : '');
  const markable = (mark: KanaMark) => !editing.pieces && canMark(last, mark);
  const markKey = (mark: KanaMark) => (
    <Key
      key={mark}
      waiting={waiting}
      off={!markable(mark)}
      look="button-mark"
      mark={mark}
      label={say(MARKS[mark].label)}
      act={() => act({ type: 'mark', mark })}
    >
      {say(MARKS[mark].sign)}
    </Key>
  );
  return (
    <div className="kana-keys">
      {kanaRows.flatMap((row, rowIndex) => [
        ...[...row].map((kana, column) =>
          kana === NO_KEY ? (
            <span key={`${rowIndex}-${column}`} />
          ) : (
            <Key key={kana} waiting={waiting} act={() => act({ type: 'kana', kana })}>
              {kana}
            </Key>
          ),
        ),
        markKeys[rowIndex] === undefined ? (
          // the space key lies over these two places
          kind === 'address' ? (
            <span key={`none-${rowIndex}`} />
          ) : null
        ) : (
          markKey(markKeys[rowIndex])
        ),
      ])}
      {kind === 'address' ? null : (
        <div className="key-space">
          <Key waiting={waiting} look="button-key-word" act={() => act({ type: 'space' })}>
            {say('keyboard.space')}
          </Key>
        </div>
      )}
    </div>
  );
}

/** Digits and the words of addresses that go with them. */
export function DigitKeys({ waiting, act }: KeysProps) {
  const digit = (text: string) => (
    <Key key={text} waiting={waiting} act={() => act({ type: 'digit', digit: text })}>
      {text}
    </Key>
  );
  return (
    <div className="digit-keys">
      {[...digitRows, null].flatMap((row, index) => [
        ...(row ? row.map(digit) : [digit(HYPHEN), digit('0'), <span key="none" />]),
        ...(unitRows[index] ?? []).map((unit) => (
          <Key key={unit} waiting={waiting} look="button-key-word" act={() => act({ type: 'unit', unit })}>
            {unit}
          </Key>
        )),
      ])}
    </div>
  );
}

/** Digits only: a telephone number is entered without hyphens. */
export function TelephoneKeys({ editing, waiting, act }: KeysProps) {
  const say = useSay();
  const empty = editing.before === '' && editing.after === '';
  const digit = (text: string) => (
    <Key key={text} waiting={waiting} act={() => act({ type: 'digit', digit: text })}>
      {text}
    </Key>
  );
  return (
    <div className="keys">
      {digitRows.flat().map(digit)}
      <Key waiting={waiting} off={empty} look="button-key-word" act={() => act({ type: 'deleteAll' })}>
        {say('pin.deleteAll')}
      </Key>
      {digit('0')}
      <Key waiting={waiting} off={empty} look="button-key-word" act={() => act({ type: 'deleteOne' })}>
        {say('pin.delete')}
      </Key>
    </div>
  );
}

interface EditKeysProps extends KeysProps {
  readonly kind: KeyboardKind;
  readonly page: KeyPage;
  readonly turn: () => void;
}

/** 変換, 確定, 文節, caret, delete, and the other page of keys. */
export function EditKeys({ kind, editing, waiting, act, page, turn }: EditKeysProps) {
  const say = useSay();
  const { reading, pieces, before, after } = editing;
  const empty = reading === '' && before === '' && after === '';
  const key = (name: string, label: string, off: boolean, one: EditAct, aria?: string) => (
    <div key={name} className={`key-${name}`}>
      <Key waiting={waiting} off={off} look="button-key-word" label={aria} act={() => act(one)}>
        {label}
      </Key>
    </div>
  );
  const converts = kind !== 'kana';
  return (
    <div className="edit-keys" data-kind={kind}>
      {converts
        ? [
            key('convert', pieces ? say('keyboard.next') : say('keyboard.convert'), reading === '', {
              type: 'convert',
            }),
            key('settle', say('keyboard.settle'), reading === '', { type: 'settle' }),
            key('shorter', say('keyboard.shorter'), !canResize(editing, -1), { type: 'resize', by: -1 }),
            key('longer', say('keyboard.longer'), !canResize(editing, 1), { type: 'resize', by: 1 }),
          ]
        : null}
      {key('left', '◀', !canMove(editing, -1), { type: 'move', by: -1 }, say('keyboard.left'))}
      {key('right', '▶', !canMove(editing, 1), { type: 'move', by: 1 }, say('keyboard.right'))}
      {key('delete', say('pin.delete'), empty, { type: 'deleteOne' })}
      {key('clear', say('pin.deleteAll'), empty, { type: 'deleteAll' })}
      {kind === 'address' ? (
        <div className="key-page">
          <Key waiting={waiting} look="button-key-word" act={turn}>
            {page === 'kana' ? say('keyboard.toDigits') : say('keyboard.toKana')}
          </Key>
        </div>
      ) : null}
    </div>
  );
}
