import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../../api/me';
import { plansQuery, type Plan } from '../../api/terms';
import { GroundMark } from '../../content/GroundMark';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { localised } from '../../lib/text';
import { Button } from '../../ui/Button';
import { DateText, KeyValues, Section } from '../../ui/layout';
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
  const t = useTexts().plan;
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
          mayCreate &&
          !adding && (
            <Button variant="secondary" onClick={() => setAdding(true)}>
              {t.create}
            </Button>
          )
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
              items.map((plan) => <PlanSection key={plan.id} plan={plan} />)
            )
          }
        </Loaded>
        <div className="voc">
          <VocabularySection vocabulary="themes" />
          <VocabularySection vocabulary="target-groups" />
          <VocabularySection vocabulary="districts" />
          <VocabularySection vocabulary="tags" />
          <VocabularySection vocabulary="legal-bases" />
        </div>
        {mayTranslate && <MissingSection />}
      </div>
    </>
  );
}

function PlanSection({ plan }: { plan: Plan }) {
  const { plan: t, rounds } = useTexts();
  const lang = useLang();
  const asOf = useAsOf();
  const toast = useToast();
  const [editing, setEditing] = useState(false);
  const save = useSavePlan(plan.id);
  if (editing) {
    return (
      <Section title={localised(plan.title, lang).value}>
        <PlanForm
          plan={plan}
          save={(body, version, key) => save.mutateAsync({ body, version, key })}
          onSaved={() => {
            toast(t.saved);
            setEditing(false);
          }}
          onCancel={() => setEditing(false)}
        />
      </Section>
    );
  }
  return (
    <Section
      title={<T text={plan.title} />}
      aside={
        plan.permissions.includes('plan.edit') &&
        !asOf && (
          <Button
            variant="quiet"
            small
            aria-label={t.editPlan(localised(plan.title, lang).value)}
            onClick={() => setEditing(true)}
          >
            {t.edit}
          </Button>
        )
      }
    >
      {plan.visibility === 'internal' && <GroundMark ground={plan.visibilityGround} />}
      <KeyValues
        items={[
          { name: t.councilTerm, value: plan.councilTerm },
          {
            name: t.inForce,
            value: (
              <>
                <DateText date={plan.startsOn} />
                –
                <DateText date={plan.endsOn} />
              </>
            ),
          },
        ]}
      />
      <h3 className="cycle-h">{t.cycle}</h3>
      {plan.events.length === 0 ? (
        <p className="meta">{t.noEvents}</p>
      ) : (
        <ol className="cycle">
          {t.months.map((month, index) => {
            const events = plan.events.filter((event) => event.month === index + 1);
            return (
              <li key={month} className={events.length === 0 ? 'none' : undefined}>
                <b>{month}</b>
                {events.map((event) => (
                  <span key={event.key}>
                    <T text={event.title} />
                  </span>
                ))}
              </li>
            );
          })}
        </ol>
      )}
      <p>
        <Link to="/$lang/rounds" params={{ lang }}>
          {rounds.planRounds}
        </Link>
      </p>
    </Section>
  );
}
