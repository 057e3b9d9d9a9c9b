import { useEffect, useLayoutEffect, useRef, useState, type Key, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

/**
 * Places for what opens below rows, that outlive the layout in which the rows stand: what is typed
 * there, and the focus, stay when a table becomes a list or the other way round.
 */
export interface RowHost {
  node: HTMLElement;
  /** Where the focus was last, as long as it has not gone elsewhere by itself. */
  focused: HTMLElement | null;
}

function newHost(): RowHost {
  const host: RowHost = { node: document.createElement('div'), focused: null };
  host.node.className = 'row-host';
  host.node.addEventListener('focusin', ({ target }) => {
    host.focused = target instanceof HTMLElement ? target : null;
  });
  host.node.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget) host.focused = null;
  });
  return host;
}

/** The hosts of rows by their keys: always the same for the same row. */
export function useRowHosts(): (key: Key) => RowHost {
  const [hosts] = useState(() => new Map<Key, RowHost>());
  return (key) => {
    const host = hosts.get(key) ?? newHost();
    hosts.set(key, host);
    return host;
  };
}

/** Where a layout has the host. */
export function RowSlot({ host }: { host: RowHost }) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    ref.current?.append(host.node);
    const { focused } = host;
    if (focused && document.activeElement === document.body) focused.focus({ preventScroll: true });
  }, [host]);
  return <div ref={ref} className="row-host" />;
}

/** What stands in the host of a row, wherever that is. */
export function RowContent({ host, children }: { host: RowHost; children: ReactNode }) {
  useEffect(() => {
    const { node } = host;
    return () => node.remove();
  }, [host]);
  return createPortal(children, host.node);
}
