import { useEffect, type ReactNode } from 'react';

interface PageHeadProps {
  /** Also the title of the browser's tab. */
  title: string;
  /** The page's answer, one sentence from live data. */
  lead?: ReactNode;
  /** Breadcrumb, above the title. */
  above?: ReactNode;
  /** Buttons to the right of the title. */
  actions?: ReactNode;
}

/** Names the browser's tab after the page. */
export function useTitle(title: string) {
  useEffect(() => {
    document.title = `${title} – Yhdyspinta`;
  }, [title]);
}

/** The one heading of a page, and the sentence that answers it. Sets the document's title. */
export function PageHead({ title, lead, above, actions }: PageHeadProps) {
  useTitle(title);
  const head = (
    <>
      {above}
      <h1>{title}</h1>
      {lead && <p className="lead">{lead}</p>}
    </>
  );
  return actions ? (
    <div className="phead r">
      <div>{head}</div>
      <div className="btns">{actions}</div>
    </div>
  ) : (
    <div className="phead">{head}</div>
  );
}
