import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { word } from '../../content/changes';
import { PathLink } from '../../content/PathLink';
import { T, useTexts } from '../../i18n';
import type { Lang } from '../../lib/lang';
import { Section } from '../../ui/layout';
import { Segments } from '../../ui/Segments';
import { EmptyState, Loaded } from '../../ui/states';
import { missingTranslationsQuery, type MissingTranslations } from './queries';

/** Public content that lacks a language, for those who can add it. */
export function MissingSection() {
  const texts = useTexts();
  const t = texts.plan;
  const [lang, setLang] = useState<Lang>('sv');
  const missing = useQuery(missingTranslationsQuery(lang));
  return (
    <Section
      title={t.missing}
      id="missing"
      aside={missing.data && t.missingCount(missing.data.total)}
    >
      <Segments
        small
        label={t.missingIn}
        value={lang}
        options={(['sv', 'en', 'fi'] as const).map((value) => ({
          value,
          label: texts.app.languages[value],
        }))}
        onChange={setLang}
      />
      <Loaded query={missing}>
        {(found) =>
          found.total === 0 ? (
            <EmptyState title={t.nothingMissing} />
          ) : (
            found.kinds.map((kind) => <Kind key={kind.kind} kind={kind} />)
          )
        }
      </Loaded>
    </Section>
  );
}

function Kind({ kind }: { kind: MissingTranslations['kinds'][number] }) {
  const { plan: t, content } = useTexts();
  return (
    <>
      <h3 className="missing-h">
        {word(content.kinds, kind.kind) ?? kind.kind}{' '}
        <span className="meta">{t.missingCount(kind.count)}</span>
      </h3>
      <ul className="hl terms">
        {kind.items.map((item) => (
          <li key={item.id}>
            {item.path ? (
              <PathLink className="q" path={item.path}>
                {item.no} <T text={item.title} />
              </PathLink>
            ) : (
              <T text={item.title} />
            )}
            <span className="meta df">
              {[
                ...new Set(item.texts.map(({ field }) => word(content.fields, field) ?? field)),
              ].join(', ')}
            </span>
          </li>
        ))}
      </ul>
      {kind.count > kind.items.length && (
        <p className="meta">{t.more(kind.count - kind.items.length)}</p>
      )}
    </>
  );
}
