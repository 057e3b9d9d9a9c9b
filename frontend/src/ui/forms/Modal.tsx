import { useId, type ReactNode } from 'react';
import {
  Modal as SuomifiModal,
  ModalContent,
  ModalFooter,
  ModalTitle,
} from 'suomifi-ui-components';
import { useNarrow } from '../useNarrow';
import { Themed } from './Themed';

interface ModalProps {
  title: string;
  open: boolean;
  children: ReactNode;
  /** Buttons, the main action first. */
  actions: ReactNode;
  /** Closes on Escape. Left out while the window holds text that would be lost. */
  onEscape?: () => void;
}

/** A question before something final. A press outside never closes it. */
export function Modal({ title, open, children, actions, onEscape }: ModalProps) {
  const narrow = useNarrow();
  const id = useId();
  return (
    <Themed>
      <SuomifiModal
        appElementId="root"
        className="modal"
        visible={open}
        variant={narrow ? 'smallScreen' : 'default'}
        onEscKeyDown={onEscape}
        ariaLabelledBy={id}
      >
        <ModalContent>
          <ModalTitle variant="h2">
            <span id={id}>{title}</span>
          </ModalTitle>
          {children}
        </ModalContent>
        <ModalFooter>
          <div className="btns">{actions}</div>
        </ModalFooter>
      </SuomifiModal>
    </Themed>
  );
}
