import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../../api/me';
import { plansQuery, type Plan } from '../../api/terms';
import { GroundMark } from '../../content/GroundMark';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { DateText, Section } from '../../ui/layout';
import { FileLinks } from '../../ui/FileLinks';
import { PageHead } from '../../ui/Page';
import { EmptyState, Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { MissingSection } from './MissingSection';
import { PlanForm } from './PlanForm';
import { useSavePlan } from './queries';
import { VocabularySection } from './VocabularySection';
import './plan.css';

/** The plans with their annual cycle, and the vocabularies that goals and actions are sorted by. */
export function PlanPage() {
  const { plan: t, rounds } = useTexts();
  const lang = useLang();
  const asOf = useAsOf();
  const plans = useQuery(plansQuery(asOf));
  const mayCreate = useMay('plan.edit') && !asOf;
  const mayTranslate = useMay('translation.read');
  const [adding, setAdding] = useState(false);
  const toast = useToast();
  const create = useSavePlan();
  return (
    <>
      <PageHead
        title={t.title}
        lead={t.lead}
        actions={
          <>
            <FileLinks path="/plans" query={{ asOf }} />
            {mayCreate && !adding && (
              <Button variant="secondary" onClick={() => setAdding(true)}>
                {t.create}
              </Button>
            )}
          </>
        }
      />
      <div className="stack plan">
        {adding && (
          <Section title={t.create}>
            <PlanForm
              save={(body, version, key) => create.mutateAsync({ body, version, key })}
              onSaved={() => {
                toast(t.saved);
                setAdding(false);
              }}
              onCancel={() => setAdding(false)}
            />
          </Section>
        )}
        <Loaded query={plans}>
          {(items) =>
            items.length === 0 ? (
              <EmptyState title={t.none} />
            ) : (
              <Section
                title={t.plans}
                aside={
                  <Link to="/$lang/rounds" params={{ lang }}>
                    {rounds.planRounds}
                  </Link>
                }
              >
                <Plans plans={items} />
              </Section>
            )
          }
        </Loaded>
        <div className="voc">
          <VocabularySection vocabulary="themes" />
          <VocabularySection vocabulary="target-groups" />
          <VocabularySection vocabulary="districts" />
          <VocabularySection vocabulary="tags" />
          <VocabularySection vocabulary="phases" />
          <VocabularySection vocabulary="legal-bases" />
        </div>
        {mayTranslate && !asOf && <MissingSection />}
      </div>
    </>
  );
}

/** The plans, the newest first, with where each is on its way. */
function Plans({ plans }: { plans: readonly Plan[] }) {
  const t = useTexts().plan;
  const lang = useLang();
  return (
    <DataTable
      caption={t.plans}
      columns={[
        {
          key: 'title',
          kind: 'name',
          header: t.name,
          render: ({ key, title, visibility, visibilityGround }) => (
            <>
              <Link className="q" to="/$lang/plan/$key" params={{ lang, key }}>
                <T text={title} />
              </Link>
              {visibility === 'internal' && <GroundMark ground={visibilityGround} />}
            </>
          ),
        },
        { key: 'state', header: t.state, render: ({ state }) => t.states[state] },
        { key: 'term', header: t.councilTerm, render: ({ councilTerm }) => councilTerm },
        {
          key: 'dates',
          header: t.inForce,
          render: ({ startsOn, endsOn }) => (
            <>
              <DateText date={startsOn} />–<DateText date={endsOn} />
            </>
          ),
        },
        {
          key: 'revised',
          header: t.lastRevision,
          render: ({ revisions }) => {
            const last = revisions.at(-1);
            return last ? <DateText date={last.adoptedOn} /> : '–';
          },
        },
      ]}
      groups={[{ key: 'all', rows: plans }]}
      rowKey={({ id }) => id}
    />
  );
}
