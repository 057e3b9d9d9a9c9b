import { useQuery, type UseQueryOptions } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../../api/me';
import { ChangedBy } from '../../content/ChangedBy';
import { inEachLanguage } from '../../content/describe';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { complete, localised, noText } from '../../lib/text';
import { Button } from '../../ui/Button';
import { EditForm } from '../../ui/forms/EditForm';
import { TextField } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { Section } from '../../ui/layout';
import { EmptyState, Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { useSaveTerm, vocabularies, type AnyTerm, type TermBody, type Vocabulary } from './queries';

/** One vocabulary: its terms in order, and plain forms for those who keep it. */
export function VocabularySection({ vocabulary }: { vocabulary: Vocabulary }) {
  const t = useTexts().plan;
  const lang = useLang();
  const asOf = useAsOf();
  const toast = useToast();
  const { query, permission } = vocabularies[vocabulary];
  const terms = useQuery(query(asOf) as UseQueryOptions<readonly AnyTerm[]>);
  const mayAdd = useMay(permission) && !asOf;
  const [open, setOpen] = useState<string | null>(null);
  const done = () => {
    toast(t.termSaved);
    setOpen(null);
  };
  return (
    <Section
      title={t.vocabularies[vocabulary]}
      aside={
        mayAdd && (
          <Button
            variant="quiet"
            small
            aria-label={t.addTo(t.vocabularies[vocabulary])}
            onClick={() => setOpen('')}
          >
            {t.add}
          </Button>
        )
      }
    >
      {open === '' && (
        <TermForm
          vocabulary={vocabulary}
          next={(terms.data?.length ?? 0) + 1}
          onSaved={done}
          onCancel={() => setOpen(null)}
        />
      )}
      <Loaded query={terms}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t.noTerms} />
          ) : (
            <ul className="hl terms">
              {items.map((term) => (
                <li key={term.id}>
                  {open === term.id ? (
                    <TermForm
                      vocabulary={vocabulary}
                      term={term}
                      next={0}
                      onSaved={done}
                      onCancel={() => setOpen(null)}
                    />
                  ) : (
                    <div className="term">
                      <span>
                        <T text={term.title} />
                        {term.act && <span className="meta"> ({term.act})</span>}
                      </span>
                      {term.permissions.includes(permission) && !asOf && (
                        <Button
                          variant="quiet"
                          small
                          aria-label={t.editTerm(localised(term.title, lang).value)}
                          onClick={() => setOpen(term.id)}
                        >
                          {t.edit}
                        </Button>
                      )}
                    </div>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}

function bodyOfTerm(term: AnyTerm): TermBody {
  const { key, title, position = 0, act = '', section = '' } = term;
  return { key, title, position, act, section };
}

interface TermFormProps {
  vocabulary: Vocabulary;
  /** Left out for a new term. */
  term?: AnyTerm;
  /** Place of a new term. */
  next: number;
  onSaved: () => void;
  onCancel: () => void;
}

function TermForm({ vocabulary, term, next, onSaved, onCancel }: TermFormProps) {
  const texts = useTexts();
  const t = texts.plan;
  const lang = useLang();
  const save = useSaveTerm(vocabulary, term?.id);
  const law = vocabulary === 'legal-bases';
  return (
    <EditForm<TermBody, AnyTerm>
      label={
        term ? t.editTerm(localised(term.title, lang).value) : t.addTo(t.vocabularies[vocabulary])
      }
      initial={
        term
          ? bodyOfTerm(term)
          : {
              key: '',
              title: noText,
              position: next,
              act: '',
              section: '',
            }
      }
      version={term?.version}
      save={(body, version) => save.mutateAsync({ body, version })}
      onSaved={onSaved}
      onCancel={onCancel}
      current={(resource) => {
        const saved = resource as AnyTerm;
        return { body: bodyOfTerm(saved), version: saved.version };
      }}
      savedBy={(changed) => <ChangedBy changed={changed} />}
      describe={(body) => [
        ...inEachLanguage(texts, 'title', t.name, body.title),
        { key: 'position', label: t.position, text: String(body.position) },
        { key: 'act', label: t.act, text: `${body.act} ${body.section}` },
      ]}
    >
      {({ body, set, error, errors }) => (
        <>
          <LocalisedField
            label={t.name}
            value={body.title}
            onChange={(title) => set({ title: complete(title) })}
            errors={errors('/title')}
            maxLength={300}
          />
          <div className="fields">
            {!term && (
              <TextField
                label={t.key}
                hint={t.keyHint}
                value={body.key}
                onChange={(key) => set({ key })}
                error={error('/key')}
              />
            )}
            {law ? (
              <>
                <TextField
                  label={t.act}
                  value={body.act}
                  onChange={(act) => set({ act })}
                  error={error('/act')}
                />
                <TextField
                  label={t.section}
                  value={body.section}
                  onChange={(section) => set({ section })}
                  error={error('/section')}
                />
              </>
            ) : (
              <TextField
                label={t.position}
                value={String(body.position)}
                onChange={(position) => set({ position: Number(position.replace(/\D/g, '')) })}
                error={error('/position')}
              />
            )}
          </div>
        </>
      )}
    </EditForm>
  );
}
