import { useQuery } from '@tanstack/react-query';
import { Fragment, useEffect, useState, type ReactNode } from 'react';
import { useTexts } from '../../i18n';
import { languages, type Lang } from '../../lib/lang';
import { Segments } from '../../ui/Segments';
import { Loaded } from '../../ui/states';
import { previewQuery, type MailTemplate, type MailTexts } from './queries';

/** How long nothing must be typed before the preview follows. */
const pause = 300;

/** The message with these texts, once the writer pauses. */
export function usePreview(template: MailTemplate, lang: Lang, texts: MailTexts) {
  const [settled, setSettled] = useState(texts);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(texts), pause);
    return () => clearTimeout(timer);
  }, [texts]);
  return useQuery(previewQuery(template, lang, settled));
}

interface MailPreviewPaneProps {
  template: MailTemplate;
  texts: MailTexts;
  lang: Lang;
  /** Where the language is not chosen elsewhere. */
  onLang?: (lang: Lang) => void;
}

/** A message as it would be sent, of an example. */
export function MailPreviewPane({ template, texts, lang, onLang }: MailPreviewPaneProps) {
  const words = useTexts().mailTexts;
  const t = words.preview;
  const [format, setFormat] = useState<'html' | 'text'>('html');
  const query = usePreview(template, lang, texts);
  return (
    <section aria-label={t.title}>
      <h2>{t.title}</h2>
      <p className="meta">{t.example}</p>
      {onLang && (
        <Segments
          small
          label={words.language}
          value={lang}
          options={languages.map((value) => ({ value, label: words.languages[value] }))}
          onChange={onLang}
        />
      )}
      <Segments
        small
        hiddenLabel
        label={t.format}
        value={format}
        options={(['html', 'text'] as const).map((value) => ({ value, label: t[value] }))}
        onChange={setFormat}
      />
      <Loaded query={query} loading={t.loading}>
        {({ subject, text, html }) => (
          <div className="mt-mail" lang={lang}>
            <p className="mt-subject">
              <span className="vh">{t.subject}: </span>
              {subject}
            </p>
            {format === 'html' ? <div className="mt-html">{shown(html)}</div> : <pre>{text}</pre>}
          </div>
        )}
      </Loaded>
    </section>
  );
}

/**
 * The HTML of a message as elements of this page: of those that messages have, everything else is
 * its text. Links are shown and lead nowhere: what they would open does not exist.
 */
function shown(html: string): ReactNode {
  return children(new DOMParser().parseFromString(html, 'text/html').body);
}

function children(parent: Node): ReactNode {
  return [...parent.childNodes].map((node, index) => (
    <Fragment key={index}>{element(node)}</Fragment>
  ));
}

function element(node: Node): ReactNode {
  switch (node.nodeName) {
    case 'P':
      return <p>{children(node)}</p>;
    case 'H2':
      return <h3>{children(node)}</h3>;
    case 'HR':
      return <hr />;
    case 'BR':
      return <br />;
    case 'A':
      return <u>{children(node)}</u>;
    default:
      return node.textContent;
  }
}
