import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { ActionButton } from '../parts/ActionButton.tsx';
import { TimePicture } from '../parts/pictures.tsx';
import { Sentence } from '../parts/Sentence.tsx';
import { useSay } from '../words.ts';

interface QuestionDialogProps {
  readonly heading: string;
  readonly children: ReactNode;
  /** safe answer first, in the place of the main action */
  readonly actions: ReactNode;
  /** Escape on a keyboard; absent: only the buttons answer */
  readonly onClose?: () => void;
}

/** What lies over the screen: one question, its answers at the bottom, nothing else can be touched. */
export function QuestionDialog({ heading, children, actions, onClose }: QuestionDialogProps) {
  return (
    <ModalOverlay
      className="overlay"
      isOpen
      isKeyboardDismissDisabled={!onClose}
      onOpenChange={(open) => (open ? undefined : onClose?.())}
    >
      <Modal className="modal">
        <Dialog className="dialog" role="alertdialog">
          <Heading slot="title" level={2}>
            {heading}
          </Heading>
          <div className="dialog-words">{children}</div>
          <div className="dialog-actions">{actions}</div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Asks once before a visit is ended. */
export function CancelDialog() {
  const say = useSay();
  return (
    <QuestionDialog
      heading={say('cancel.heading')}
      actions={
        <>
          <ActionButton command={{ type: 'cancelConfirmed' }}>{say('cancel.yes')}</ActionButton>
          <ActionButton look="main" command={{ type: 'cancelDismissed' }}>
            {say('cancel.no')}
          </ActionButton>
        </>
      }
    >
      <Sentence text={say('cancel.explanation')} />
    </QuestionDialog>
  );
}

/** The ring is full at this many seconds (screens.md 2: 30 s); a longer setting keeps it full until then. */
const RING_SECONDS = 30;

/** Asks whether somebody is still there, with the time that is left. */
export function StillThereDialog({ secondsLeft }: { readonly secondsLeft: number | null }) {
  const say = useSay();
  return (
    <QuestionDialog
      heading={say('stillThere.heading')}
      actions={
        <ActionButton look="main" command={{ type: 'stillHere' }}>
          {say('stillThere.yes')}
        </ActionButton>
      }
    >
      {secondsLeft === null ? null : (
        <>
          <TimePicture left={secondsLeft} of={Math.max(RING_SECONDS, secondsLeft)} />
          <p className="visually-hidden">{say('stillThere.seconds', { seconds: secondsLeft })}</p>
        </>
      )}
      <Sentence text={say('stillThere.explanation')} />
    </QuestionDialog>
  );
}
