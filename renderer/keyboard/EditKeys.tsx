import { Button } from 'react-aria-components';
import { useSay } from '../words.ts';
import { canMove, canResize, type EditAct } from './editing.ts';
import type { KeyboardKind } from './JapaneseKeyboard.tsx';
import { Key } from './Key.tsx';
import type { KeysProps } from './KeyPages.tsx';

/** Which keys lie above these. */
export type KeyPage = 'kana' | 'digits';

interface EditKeysProps extends KeysProps {
  readonly kind: KeyboardKind;
  readonly page: KeyPage;
  readonly turn: () => void;
}

const CONVERT: EditAct = { type: 'convert' };
const SETTLE: EditAct = { type: 'settle' };
const SHORTER: EditAct = { type: 'resize', by: -1 };
const LONGER: EditAct = { type: 'resize', by: 1 };
const LEFT: EditAct = { type: 'move', by: -1 };
const RIGHT: EditAct = { type: 'move', by: 1 };
const DELETE_ONE: EditAct = { type: 'deleteOne' };
const DELETE_ALL: EditAct = { type: 'deleteAll' };

/** 変換, 確定, 文節, caret, delete, and the other page of keys. */
export function EditKeys({ kind, editing, waiting, act, page, turn }: EditKeysProps) {
  const say = useSay();
  const { reading, pieces, before, after } = editing;
  const empty = reading === '' && before === '' && after === '';
  const key = (name: string, text: string, off: boolean, one: EditAct, label?: string) => (
    <div className={`key-${name}`}>
      <Key text={text} one={one} act={act} waiting={waiting} off={off} look="button-key-word" label={label} />
    </div>
  );
  const none = reading === '';
  return (
    <div className="edit-keys" data-kind={kind}>
      {kind === 'kana' ? null : (
        <>
          {key('convert', pieces ? say('keyboard.next') : say('keyboard.convert'), none, CONVERT)}
          {key('shorter', say('keyboard.shorter'), !canResize(editing, -1), SHORTER)}
          {key('longer', say('keyboard.longer'), !canResize(editing, 1), LONGER)}
          {key('settle', say('keyboard.settle'), none, SETTLE)}
        </>
      )}
      {key('left', '◀', !canMove(editing, -1), LEFT, say('keyboard.left'))}
      {key('right', '▶', !canMove(editing, 1), RIGHT, say('keyboard.right'))}
      {key('delete', say('pin.delete'), empty, DELETE_ONE)}
      {key('clear', say('pin.deleteAll'), empty, DELETE_ALL)}
      {kind === 'address' ? (
        <div className="key-page">
          <Button className="button button-key button-key-word" isDisabled={waiting} onPress={turn}>
            {page === 'kana' ? say('keyboard.toDigits') : say('keyboard.toKana')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
