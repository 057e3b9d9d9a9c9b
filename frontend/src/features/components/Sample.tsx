import { useId, type ReactNode } from 'react';

/** One entry of the page: its name on the left, what it looks like on the right. */
export function Sample(props: { title: string; note?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className="ls" aria-labelledby={id}>
      <div className="lh">
        <h2 id={id}>{props.title}</h2>
        {props.note && <p className="meta">{props.note}</p>}
      </div>
      <div>{props.children}</div>
    </section>
  );
}

/** A sign and what it means, in a list of two columns. */
export function Meaning({ children, text }: { children: ReactNode; text: string }) {
  return (
    <li>
      {children}
      <span className="meta">{text}</span>
    </li>
  );
}
