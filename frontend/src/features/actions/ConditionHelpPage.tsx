import { useTexts } from '../../i18n';
import { Condition, type ConditionValue } from '../../ui/Condition';
import { DataTable } from '../../ui/DataTable';
import { Section } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { StatusRule } from './Together';

/** In the order in which the rules are tried. */
const order: readonly ConditionValue[] = [
  'cancelled',
  'done',
  'paused',
  'late',
  'stale',
  'due_soon',
  'not_started',
  'on_time',
];

/** The rule of the condition in words, for whoever asks why. */
export function ConditionHelpPage() {
  const { conditionHelp: t, together } = useTexts();
  return (
    <>
      <PageHead title={t.title} lead={t.lead} />
      <div className="stack">
        <Section title={t.order}>
          <p>{t.orderText}</p>
          <DataTable
            caption={t.order}
            rowKey={(value) => value}
            groups={[{ key: 'all', rows: order }]}
            columns={[
              {
                key: 'condition',
                kind: 'name',
                header: t.condition,
                render: (value) => <Condition value={value} />,
              },
              { key: 'when', header: t.when, render: (value) => t.rules[value] },
            ]}
          />
        </Section>
        <Section title={t.freshness}>
          <p>{t.freshnessText}</p>
        </Section>
        <Section title={t.unowned}>
          <p>{t.unownedText}</p>
        </Section>
        <Section title={t.atRisk}>
          <p>{t.atRiskText}</p>
        </Section>
        <Section title={t.reported}>
          <p>{t.reportedText}</p>
          <p>{t.past}</p>
        </Section>
        <Section title={together.how}>
          <StatusRule />
        </Section>
      </div>
    </>
  );
}
