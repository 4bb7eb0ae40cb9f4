/** A dialog over the page: focus stays in it, Escape closes it, and focus returns to where it was opened. */
import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

interface Props {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** something will happen that is hard to undo */
  readonly isAlert?: boolean;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

export function DialogFrame({ title, isOpen, onClose, isAlert, isWide, children }: Props) {
  return (
    <ModalOverlay className="dialog-ground" isOpen={isOpen} onOpenChange={(open) => void (open || onClose())}>
      <Modal className={isWide ? 'dialog dialog-wide' : 'dialog'}>
        <Dialog role={isAlert ? 'alertdialog' : 'dialog'} className="stack">
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
