import { useQuery, type UseQueryOptions } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../../api/me';
import { ChangedBy } from '../../content/ChangedBy';
import { inEachLanguage } from '../../content/describe';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { formatDate } from '../../lib/dates';
import { complete, localised, noText } from '../../lib/text';
import { Button } from '../../ui/Button';
import { EditForm } from '../../ui/forms/EditForm';
import { TextField } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { Section } from '../../ui/layout';
import { EmptyState, Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import {
  termUsesQuery,
  useSaveTerm,
  vocabularies,
  type AnyTerm,
  type Decision,
  type TermBody,
  type Vocabulary,
} from './queries';
import { TermDecision } from './TermDecision';
import { usesText } from './uses';

/** What is open in the row of a term. */
type Doing = 'edit' | Decision['kind'];

/** One vocabulary: its terms in order, and plain forms for those who keep it. */
export function VocabularySection({ vocabulary }: { vocabulary: Vocabulary }) {
  const t = useTexts().plan;
  const asOf = useAsOf();
  const toast = useToast();
  const { query, permission } = vocabularies[vocabulary];
  const terms = useQuery(query(asOf) as UseQueryOptions<readonly AnyTerm[]>);
  const mayAdd = useMay(permission) && !asOf;
  const [open, setOpen] = useState<{ id: string; doing: Doing } | null>(null);
  const mayCount = useMay('term_use.read') && !asOf && vocabulary !== 'legal-bases';
  const uses = useQuery({ ...termUsesQuery, enabled: mayCount }).data;
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
            onClick={() => setOpen({ id: '', doing: 'edit' })}
          >
            {t.add}
          </Button>
        )
      }
    >
      {open?.id === '' && (
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
              {inOrder(items).map((term) => (
                <li key={term.id}>
                  {open?.id === term.id && open.doing === 'edit' ? (
                    <TermForm
                      vocabulary={vocabulary}
                      term={term}
                      next={0}
                      onSaved={done}
                      onCancel={() => setOpen(null)}
                    />
                  ) : (
                    <TermRow
                      term={term}
                      terms={items}
                      uses={
                        mayCount && uses
                          ? usesText(uses.find(({ id }) => id === term.id) ?? nothing, t) ||
                            t.unused
                          : undefined
                      }
                      retiring={vocabulary !== 'legal-bases'}
                      mayEdit={term.permissions.includes(permission) && !asOf}
                      onDo={(doing) => setOpen({ id: term.id, doing })}
                    />
                  )}
                  {open?.id === term.id &&
                    open.doing !== 'edit' &&
                    vocabulary !== 'legal-bases' && (
                      <TermDecision
                        vocabulary={vocabulary}
                        term={term}
                        kind={open.doing}
                        others={items.filter(({ id, retiredOn }) => id !== term.id && !retiredOn)}
                        uses={uses?.find(({ id }) => id === term.id)}
                        onClose={() => setOpen(null)}
                      />
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

const nothing = { vocabulary: 'tag', id: '', goals: 0, actions: 0, chains: 0, forums: 0 } as const;

/** The terms in use, then the retired ones. */
function inOrder(terms: readonly AnyTerm[]): AnyTerm[] {
  return [...terms.filter(({ retired }) => !retired), ...terms.filter(({ retired }) => retired)];
}

interface TermRowProps {
  term: AnyTerm;
  /** All of the vocabulary. */
  terms: readonly AnyTerm[];
  /** How much has it, in words; left out where that is not told. */
  uses?: string;
  /** Whether terms of the vocabulary are retired and merged. */
  retiring: boolean;
  mayEdit: boolean;
  onDo: (doing: Doing) => void;
}

function TermRow({ term, terms, uses, retiring, mayEdit, onDo }: TermRowProps) {
  const t = useTexts().plan;
  const lang = useLang();
  const name = localised(term.title, lang).value;
  const into = terms.find(({ id }) => id === term.mergedIntoId);
  const day = term.retiredOn && formatDate(term.retiredOn, lang);
  const state =
    day &&
    (into
      ? t.mergedInto(localised(into.title, lang).value, day)
      : term.retired
        ? t.retiredOn(day)
        : t.retiresOn(day));
  const deeds: { doing: Doing; text: string; label: string }[] = [
    { doing: 'edit', text: t.edit, label: t.editTerm(name) },
  ];
  if (retiring && !term.mergedIntoId) {
    deeds.push({ doing: 'merger', text: t.merge, label: t.mergeTerm(name) });
  }
  if (retiring && term.retiredOn) {
    deeds.push({ doing: 'restoration', text: t.restore, label: t.restoreTerm(name) });
  } else if (retiring) {
    deeds.push({ doing: 'retirement', text: t.retire, label: t.retireTerm(name) });
  }
  return (
    <div className="term">
      <span>
        <T text={term.title} />
        {term.act && <span className="meta"> ({term.act})</span>}
        {(state || uses) && (
          <span className="meta term-meta">
            {[state, term.retiredReason, uses].filter(Boolean).join(' · ')}
          </span>
        )}
      </span>
      {mayEdit && (
        <span className="term-deeds">
          {deeds.map(({ doing, text, label }) => (
            <Button
              key={doing}
              variant="quiet"
              small
              aria-label={label}
              onClick={() => onDo(doing)}
            >
              {text}
            </Button>
          ))}
        </span>
      )}
    </div>
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
